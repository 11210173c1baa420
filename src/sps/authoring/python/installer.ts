import { type CommandRun, runCommand } from '../../../process/run-command.ts';
import type { Surroundings } from './python-facts.ts';
import { readLastError, readRefused } from './read-last-error.ts';
import { readUvConnectionFailure, readUvRefused } from './read-uv-refused.ts';
import { runPip } from './run-pip.ts';
import type { UvSettings } from './uv-settings.ts';

/** What puts packages into an environment: uv or pip. */
export interface Installer {
  name: 'pip' | 'uv';
  /** @param args What both understand: `install --no-deps NAME==VERSION`. @throws PluginHostError INDEX_UNREACHABLE; UvFailed */
  run: (args: readonly string[], onLine?: (line: string) => void) => Promise<CommandRun>;
  /** Packages whose pinned version it could not install, of the lines of a run that failed; empty when it named none. */
  readRefused: (lines: readonly string[]) => string[];
  /** What to throw for a run that failed for another reason. */
  failure: (lines: readonly string[], asPip: (reason: string) => Error) => Error;
}

/** uv did not do what it was asked for; pip may. */
export class UvFailed extends Error {}

/** @param python One with pip */
export function createPip(python: string, surroundings: Surroundings): Installer {
  return {
    name: 'pip',
    run: async (args, onLine) => runPip(python, args, { ...surroundings, onLine }),
    readRefused,
    failure: (lines, asPip) => asPip(readLastError(lines)),
  };
}

/** @param python Into whose environment it installs */
export function createUv(python: string, { uv, options, env }: UvSettings, surroundings: Surroundings): Installer {
  return {
    name: 'uv',
    run: async ([verb = '', ...args], onLine) => {
      const command = [uv, 'pip', verb, '--python', python, ...(verb === 'install' ? options : []), ...args] as const;
      const run = await runCommand({ command: [...command], ...surroundings, env, onLine });
      const failure = run.exitCode === 0 ? undefined : readUvConnectionFailure(run.lines);
      if (failure === undefined) return run;
      throw new UvFailed(failure);
    },
    readRefused: readUvRefused,
    failure: (lines) => new UvFailed(readLastError(lines)),
  };
}
