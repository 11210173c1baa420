import { PluginHostError } from '../../../base/plugin-host-error.ts';
import { runCommand } from '../../../process/run-command.ts';
import type { PythonFacts, Surroundings } from './python-facts.ts';
import { readLastError } from './read-last-error.ts';
import type { SdkEnvironment } from './sdk-environment.ts';

/** @throws PluginHostError VENV_MISSING */
export function requireVenv({ executable, version, hasVenv }: PythonFacts): void {
  if (hasVenv) return;
  throw new PluginHostError('VENV_MISSING', `${executable} (Python ${version}) lacks the modules venv and ensurepip`, {
    hint: 'Install them (Debian, Ubuntu: apt install python3-venv), or name another interpreter with --python.',
  });
}

/** Makes the virtual environment without packages, if it does not exist. @throws PluginHostError VENV_MISSING */
export async function makeEnvironment(
  environment: SdkEnvironment,
  { executable }: PythonFacts,
  surroundings: Surroundings,
  onStep: (text: string) => void,
): Promise<void> {
  if (environment.isMade) return;
  onStep(`making ${environment.folder}`);
  environment.remove();
  const { exitCode, lines } = await runCommand({
    command: [executable, '-m', 'venv', environment.folder],
    ...surroundings,
  });
  if (exitCode !== 0) {
    throw new PluginHostError(
      'VENV_MISSING',
      `${executable} cannot make a virtual environment: ${readLastError(lines)}`,
      {
        hint: 'See the message. On Debian and Ubuntu the modules are in a package: apt install python3-venv.',
      },
    );
  }
  environment.setMade();
}
