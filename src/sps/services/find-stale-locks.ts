import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Problem, warning } from '../../base/problem.ts';
import { isAlive } from '../../process/folders/is-alive.ts';

/**
 * Lock files whose holder no longer runs. The SDK does not notice that, so every later call waits in vain and fails.
 * Source: SDK 1.9.1, lockfile (no stale-lock detection).
 */
export function findStaleLocks(folders: readonly string[]): Problem[] {
  return folders.flatMap(listLocks).flatMap((file) => {
    const holder = readHolder(file);
    if (holder === undefined || isAlive(holder)) return [];
    const message = `${file} still exists, but process ${holder}, which made it, has ended: everybody who wants this lock waits in vain`;
    return [warning('STALE_LOCK', message, `Remove it: rm '${file}'. On the appliance nobody removes it.`)];
  });
}

function listLocks(folder: string): string[] {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  } catch {
    return []; // never made
  }
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.lock'))
    .map((entry) => path.join(entry.parentPath, entry.name));
}

function readHolder(file: string): number | undefined {
  try {
    const [pid] = /^[1-9]\d{0,8}$/.exec(readFileSync(file, 'utf8').trim()) ?? [];
    return pid === undefined ? undefined : Number(pid);
  } catch {
    return undefined;
  }
}
