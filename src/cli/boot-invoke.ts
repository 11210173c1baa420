import { getCompileCacheDir } from 'node:module';
import path from 'node:path';
import { bootAhead, type BootedShim } from '../sps/invocation/boot-shim.ts';

/**
 * Boots the plugin's interpreter before the arguments are parsed, so that both start side by side: what the guess misses, a project
 * file that names another interpreter say, costs a process that is ended unused.
 */
export function bootInvoke(args: readonly string[]): BootedShim | undefined {
  const python = valueOf(args, '--python') ?? 'python3';
  return bootAhead(valueOf(args, '-p') ?? valueOf(args, '--plugin') ?? '.', {
    python: python.includes('/') ? path.resolve(python) : python,
    node: process.execPath,
    compileCache: getCompileCacheDir(),
    hostEnvironment: process.env,
    environment: {},
  });
}

function valueOf(args: readonly string[], option: string): string | undefined {
  const at = args.indexOf(option);
  return at < 0 ? undefined : args[at + 1];
}
