import { existsSync, lstatSync } from 'node:fs';

/** What was changed before that is at rest: the clocks of file systems stand still for up to two seconds. */
const restMs = 2000;

/**
 * Of a database that nobody has changed for a while: another stamp means another content. Undefined of one that is changing, has just been changed,
 * or is not there.
 */
export function stampAtRest(file: string): string | undefined {
  if (existsSync(`${file}-wal`)) return undefined;
  const stats = lstatSync(file, { bigint: true, throwIfNoEntry: false });
  if (stats?.isFile() !== true || stats.size === 0n || Date.now() - Number(stats.mtimeMs) < restMs) return undefined;
  return [stats.ino, stats.size, stats.mtimeNs, stats.ctimeNs].join();
}
