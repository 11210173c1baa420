import { existsSync } from 'node:fs';
import path from 'node:path';
import { findInstalledPython } from '../../project/find-installed-python.ts';
import { bootAhead, type BootedShim } from '../../sps/invocation/boot-shim.ts';
import { ownCompileCache } from '../../state/own-compile-cache.ts';

/**
 * Boots the plugin's interpreter before the arguments are parsed, so that both start side by side: what the guess misses, a project
 * file that names another interpreter say, costs a process that is ended unused.
 */
export function bootInvoke(args: readonly string[]): BootedShim | undefined {
  const plugin = valueOf(args, '-p') ?? valueOf(args, '--plugin') ?? '.';
  const python = valueOf(args, '--python') ?? findInstalledPython(stateFolder(args, plugin)) ?? 'python3';
  return bootAhead(plugin, {
    python: python.includes('/') ? path.resolve(python) : python,
    node: process.execPath,
    compileCache: ownCompileCache(),
    hostEnvironment: process.env,
    environment: {},
    limits: {},
  });
}

/** As `resolveHost` finds it in the usual case. */
function stateFolder(args: readonly string[], plugin: string): string {
  const hostConfig = valueOf(args, '--host-config');
  const hasProjectFile = existsSync(path.join(plugin, 'plugin-host.yaml'));
  const projectFolder = hostConfig === undefined ? (hasProjectFile ? plugin : '.') : path.dirname(hostConfig);
  const chosen = valueOf(args, '--state') ?? (process.env['PLUGIN_HOST_STATE'] || undefined);
  return path.resolve(chosen ?? path.join(projectFolder, '.plugin-host'));
}

function valueOf(args: readonly string[], option: string): string | undefined {
  const at = args.indexOf(option);
  return at < 0 ? undefined : args[at + 1];
}
