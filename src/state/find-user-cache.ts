import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { isOutOfReach } from './find-distrust.ts';

/**
 * The folder of plugin-host among the user's caches, made when new; undefined where another user could write. Source of the place: XDG Base Directory Specification.
 */
export function findUserCache({
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
