import { type ProgramSettings, readInterpreters } from '../../kvgroup/running/find-program.ts';
import type { Limits } from '../../process/limits.ts';
import { hostOf } from '../sps/host-options-of.ts';

/** Options that `run` and `test` share, as commander delivers them. */
export interface RunnerOptions {
  interpreter?: string[];
  python?: string;
  hostConfig?: string;
  state?: string;
}

/** How plugins of a folder are run: flags, plugin-host.yaml there or here, defaults. */
export async function runSettings(
  pluginFolder: string,
  { interpreter = [], ...options }: RunnerOptions,
): Promise<{ settings: ProgramSettings; limits: Limits }> {
  const { settings: host } = await hostOf(pluginFolder, options);
  return {
    limits: host.limits,
    settings: {
      interpreters: readInterpreters(interpreter),
      python: host.python,
      hostEnvironment: process.env,
      environment: host.environment,
      currentFolder: process.cwd(),
    },
  };
}
