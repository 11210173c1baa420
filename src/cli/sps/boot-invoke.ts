import { choosePython } from '../../project/choose-python.ts';
import { chooseState } from '../../project/choose-state.ts';
import { findProjectFile } from '../../project/find-project-file.ts';
import { bootAhead, type BootedShim } from '../../sps/invocation/boot-shim.ts';
import { ownCompileCache } from '../../state/own-compile-cache.ts';

/**
 * Boots the plugin's interpreter before the arguments are parsed, so that both start side by side. It is found by the rules of
 * `resolveProject`, but the project file is not read: where that names another interpreter, this one is ended unused.
 */
export function bootInvoke(args: readonly string[]): BootedShim | undefined {
  const plugin = valueOf(args, '-p') ?? valueOf(args, '--plugin') ?? '.';
  const python = findPython(args, plugin);
  if (python === undefined) return undefined;
  return bootAhead(plugin, {
    python,
    node: process.execPath,
    compileCache: ownCompileCache(),
    hostEnvironment: process.env,
    environment: {},
    limits: {},
  });
}

/** Undefined when it is missing; the command itself reports that. */
function findPython(args: readonly string[], plugin: string): string | undefined {
  const currentFolder = process.cwd();
  const { folder } = findProjectFile(plugin, { hostConfig: valueOf(args, '--host-config'), currentFolder });
  const choice = { stateDir: valueOf(args, '--state'), environment: process.env, currentFolder };
  try {
    const { stateDir } = chooseState(choice, folder);
    return choosePython({ given: valueOf(args, '--python'), currentFolder, projectFolder: folder, stateDir });
  } catch {
    return undefined;
  }
}

function valueOf(args: readonly string[], option: string): string | undefined {
  const at = args.indexOf(option);
  return at < 0 ? undefined : args[at + 1];
}
