import { mkdirSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import path from 'node:path';
import { isOutOfReach } from '../state/find-distrust.ts';

/**
 * Keeps what Node compiles of plugin-host for the next start. Node runs such code without a check, and its own folder for it is where any
 * user can make it first. So this uses a folder that only the user can write to, or none.
 */
export function keepCompiled(environment: Readonly<Record<string, string | undefined>>): void {
  const folder = findCompileCache(environment);
  if (folder !== undefined) enableCompileCache(folder);
}

/** Made when new. Source of the place: XDG Base Directory Specification. */
export function findCompileCache({
  XDG_CACHE_HOME: caches = '',
  HOME = '',
}: Readonly<Record<string, string | undefined>>): string | undefined {
  const above = path.isAbsolute(caches) ? caches : path.join(HOME, '.cache');
  const folder = path.join(above, 'plugin-host');
  if (!path.isAbsolute(folder)) return undefined;
  try {
    return isOutOfReach(folder) || (make(above) && make(folder) && isOutOfReach(folder)) ? folder : undefined;
  } catch {
    return undefined; // it is only slower without
  }
}

function make(folder: string): boolean {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return true;
}
