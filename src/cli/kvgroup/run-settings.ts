import { type ProgramSettings, readInterpreters } from '../../kvgroup/program/find-program.ts';
import type { Limits } from '../../process/limits.ts';
import { resolveProject } from '../../project/resolve-project.ts';
import type { GivenOptions } from '../command/option.ts';
import type { runnerOptions } from './commands/runner-options.ts';

/** How plugins of a folder are run: flags, plugin-host.yaml there or here, defaults. */
export async function runSettings(
  pluginFolder: string,
  { interpreter = [], python, hostConfig, state }: GivenOptions<(typeof runnerOptions)[number]>,
): Promise<{ settings: ProgramSettings; limits: Limits }> {
  const [hostEnvironment, currentFolder] = [process.env, process.cwd()];
  const { runner } = await resolveProject(pluginFolder, {
    python,
    hostConfig,
    stateDir: state,
    environment: hostEnvironment,
    currentFolder,
  });
  return {
    limits: runner.limits,
    settings: {
      interpreters: readInterpreters(interpreter),
      python: runner.python,
      hostEnvironment,
      environment: runner.environment,
      currentFolder,
    },
  };
}
