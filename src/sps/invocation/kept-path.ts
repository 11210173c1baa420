import path from 'node:path';
import { hashText } from '../../base/hash-text.ts';
import { type RunnerSettings, shimEnvironment } from './runner-settings.ts';

/** Where a Python interpreter with this environment keeps what it compiles of our files and of modules that it imports ahead, see `ForkedProgram`. */
export function keptPath(settings: RunnerSettings): string | undefined {
  const { python, compileCache } = settings;
  if (compileCache === undefined) return undefined;
  return path.join(compileCache, `python-${hashText(JSON.stringify([python, shimEnvironment(settings)]))}`);
}
