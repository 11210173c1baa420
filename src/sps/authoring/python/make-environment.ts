import { chmodSync, mkdirSync } from 'node:fs';
import { PluginHostError } from '../../../base/plugin-host-error.ts';
import { runCommand } from '../../../process/run-command.ts';
import { createUv, UvFailed } from './installer.ts';
import type { PythonFacts, Surroundings } from './python-facts.ts';
import { readLastError } from './read-last-error.ts';
import type { SdkEnvironment } from './sdk-environment.ts';
import type { UvSettings } from './uv-settings.ts';

/** @throws PluginHostError VENV_MISSING */
export function requireVenv({ executable, version, hasVenv }: PythonFacts): void {
  if (hasVenv) return;
  throw new PluginHostError('VENV_MISSING', `${executable} (Python ${version}) lacks the modules venv and ensurepip`, {
    hint: 'Install them (Debian, Ubuntu: apt install python3-venv), or name another interpreter with --python.',
  });
}

/** Makes the virtual environment without packages but pip, if an interrupted run has not left it. @throws PluginHostError VENV_MISSING */
export async function makeEnvironment(
  environment: SdkEnvironment,
  facts: PythonFacts,
  surroundings: Surroundings,
  onStep: (text: string) => void,
): Promise<void> {
  requireVenv(facts);
  if (environment.isMadeBy('pip')) return;
  makeFolder(environment, onStep);
  const { executable } = facts;
  const command = [executable, '-m', 'venv', environment.folder] as const;
  const { exitCode, lines } = await runCommand({ command, ...surroundings });
  if (exitCode !== 0) {
    throw new PluginHostError(
      'VENV_MISSING',
      `${executable} cannot make a virtual environment: ${readLastError(lines)}`,
      {
        hint: 'See the message. On Debian and Ubuntu the modules are in a package: apt install python3-venv.',
      },
    );
  }
  environment.setMadeBy('pip');
}

/** The same with uv, always anew: what it was doing when it was killed cannot be seen. @throws UvFailed */
export async function makeWithUv(
  environment: SdkEnvironment,
  { base, hasVenv }: PythonFacts,
  settings: UvSettings,
  surroundings: Surroundings,
  onStep: (text: string) => void,
): Promise<void> {
  makeFolder(environment, onStep);
  const { uv, env } = settings;
  const run = async (...command: [string, ...string[]]): Promise<boolean> => {
    const { exitCode, lines } = await runCommand({ command, ...surroundings, env });
    if (exitCode !== 0 && command[0] === uv) throw new UvFailed(readLastError(lines));
    return exitCode === 0;
  };
  await run(uv, 'venv', '--no-project', '--python', base, environment.folder);
  // `pack` needs pip, and so do people; of an index without it, that of the Python itself.
  const { exitCode } = await createUv(environment.python, settings, surroundings).run(['install', 'pip']);
  if (exitCode !== 0 && hasVenv) await run(environment.python, '-m', 'ensurepip', '--default-pip');
  environment.setMadeBy('uv');
}

/** Whatever the user's umask allows to others: what is in it is code that runs. */
function makeFolder(environment: SdkEnvironment, onStep: (text: string) => void): void {
  onStep(`making ${environment.folder}`);
  environment.remove();
  mkdirSync(environment.folder);
  chmodSync(environment.folder, 0o700);
}
