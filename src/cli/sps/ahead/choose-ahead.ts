import { readFileSync } from 'node:fs';
import { choosePython } from '../../../project/choose-python.ts';
import { chooseState } from '../../../project/choose-state.ts';
import { findBehindShim } from '../../../project/find-behind-shim.ts';
import { findProjectFile } from '../../../project/find-project-file.ts';
import type { RunnerSettings } from '../../../sps/invocation/runner-settings.ts';
import { ownCompileCache } from '../../../state/own-compile-cache.ts';

/** Keys of the project file that say how an interpreter is started. */
const startingKeys = /^(?:python|legacyPython|environment|limits)[ \t]*:/m;

/**
 * How the interpreter of a plugin is started, before the arguments are parsed; found by the rules of `resolveProject`. Undefined where the project
 * file, which is not parsed, has a say in it, or where something is missing: the command itself reports that.
 */
export function chooseAhead(args: readonly string[], plugin: string): RunnerSettings | undefined {
  const currentFolder = process.cwd();
  const { file, folder } = findProjectFile(plugin, { hostConfig: valueOf(args, '--host-config'), currentFolder });
  const choice = { stateDir: valueOf(args, '--state'), environment: process.env, currentFolder };
  try {
    const { stateDir } = chooseState(choice, folder);
    if (file !== undefined && startingKeys.test(readFileSync(file, 'utf8'))) return undefined;
    const python = choosePython({ given: valueOf(args, '--python'), currentFolder, projectFolder: folder, stateDir });
    return {
      python: findBehindShim(python, process.env, currentFolder),
      node: process.execPath,
      compileCache: ownCompileCache(),
      hostEnvironment: process.env,
      environment: {},
      limits: {},
    };
  } catch {
    return undefined;
  }
}

export function valueOf(args: readonly string[], option: string): string | undefined {
  const at = args.indexOf(option);
  return at < 0 ? undefined : args[at + 1];
}
