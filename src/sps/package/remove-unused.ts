import { lstat, readdir, rm, utimes } from 'node:fs/promises';
import path from 'node:path';

const dayMs = 24 * 60 * 60 * 1000;
/** An archive that is opened again later is unpacked again. */
const keptDays = 30;

/**
 * Removes what was unpacked and not used for thirty days. While a server, a gateway or an inspector works on the state folder, nothing: what it has opened
 * is not opened again. @param packages Folder of the state folder
 */
export async function removeUnused(packages: string, now = Date.now()): Promise<void> {
  const { hasLivingOwner } = await import('../../state/owner-lock.ts'); // with SQLite
  const stateDir = path.dirname(packages);
  if (hasLivingOwner(stateDir) || hasLivingOwner(stateDir, 'inspectors')) return;
  for (const name of await readdir(packages)) {
    if (!/^[0-9a-f]{64}$/.test(name)) continue;
    const folder = path.join(packages, name);
    const stats = await lstat(folder).catch(() => undefined); // another process was faster
    if (stats !== undefined && now - stats.mtimeMs > keptDays * dayMs)
      await rm(folder, { recursive: true, force: true });
  }
}

/** Says that it is used, once a day. */
export async function markUsed(folder: string, { mtimeMs }: { mtimeMs: number }, now = Date.now()): Promise<void> {
  if (now - mtimeMs < dayMs) return;
  await utimes(folder, now / 1000, now / 1000).catch(() => undefined); // on a disk that cannot be written to
}
