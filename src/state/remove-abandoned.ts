import { existsSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pid } from 'node:process';

const pattern = /^\.[0-9a-f]{64}\.([0-9]+)\.[0-9a-f]{16}\.tmp$/;
/** If processes cannot be looked up, a folder older than this belongs to none. */
const maxAgeMs = 10 * 60 * 1000;

/** A name for a folder that becomes `hash`; it says which process fills it. */
export function temporaryName(hash: string): string {
  return `.${hash}.${pid}.${process.getBuiltinModule('node:crypto').randomBytes(8).toString('hex')}.tmp`;
}

/** Removes what processes left that were ended while they unpacked. */
export async function removeAbandoned(packages: string): Promise<void> {
  for (const name of await readdir(packages)) {
    const owner = pattern.exec(name)?.[1];
    const folder = path.join(packages, name);
    if (owner !== undefined && (await isAbandoned(folder, owner))) await rm(folder, { recursive: true, force: true });
  }
}

async function isAbandoned(folder: string, owner: string): Promise<boolean> {
  if (existsSync('/proc/self')) return !existsSync(`/proc/${owner}`);
  const stats = await stat(folder).catch(() => undefined);
  return stats !== undefined && Date.now() - stats.mtimeMs > maxAgeMs;
}
