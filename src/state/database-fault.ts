import { statfsSync } from 'node:fs';
import path from 'node:path';
import { PluginHostError } from '../base/plugin-host-error.ts';

/** Primary result codes of SQLite that a disk brings about which is full, read-only or gone, or a missing permission. Source: SQLite, Result Codes. */
const diskResults = [3, 8, 10, 13, 14]; // PERM, READONLY, IOERR, FULL, CANTOPEN
const busyResult = 5;
/** A page of the database and its log. */
const roomForOneChange = 64 * 1024;
const diskErrors = ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EIO', 'ENOENT', 'ENOTDIR'];

/** What a database holds is not what plugin-host wrote. */
export class DatabaseFault extends Error {}

/** Whether SQLite gave up because somebody else holds the database. */
export function isBusy(failure: unknown): boolean {
  return (failure as { errcode?: number } | undefined)?.errcode === busyResult;
}

/** Whether something failed for the sake of the disk and not of what stands on it. */
export function isDiskFault(failure: unknown): boolean {
  const cause = failure instanceof PluginHostError ? failure.cause : failure;
  const { code, errcode } = (cause ?? {}) as { code?: string; errcode?: number };
  return errcode === undefined ? diskErrors.includes(code ?? '') : diskResults.includes(errcode & 0xff);
}

export interface Mend {
  /** Of a database that is not what plugin-host wrote. */
  damageHint: (file: string) => string;
}

/** Runs what reads or writes a database, whose failures become errors with a mend. @throws PluginHostError STORE_UNREADABLE */
export function guardDatabase<T>(file: string, { damageHint }: Mend, use: () => T): T {
  try {
    return use();
  } catch (cause) {
    if (cause instanceof PluginHostError) throw cause;
    const isDisk = isDiskFault(cause);
    const what = isDisk ? describeDisk(file, cause) : cause instanceof Error ? cause.message : String(cause);
    throw new PluginHostError('STORE_UNREADABLE', `${file}: ${what}`, {
      hint: isDisk ? diskHint : damageHint(file),
      cause,
    });
  }
}

const diskHint =
  'See that there is room on the disk and that the folder is yours to write to, or name another folder with --state.';

const words: Record<string, string> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'your share of the disk is used up',
  EROFS: 'the disk is read-only',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
};

/** SQLite says "disk I/O error" of a full disk. */
function describeDisk(file: string, cause: unknown): string {
  try {
    const { bavail, bsize } = statfsSync(path.dirname(file));
    if (bavail * bsize < roomForOneChange) return 'the disk is full';
  } catch {
    // The folder has gone, say.
  }
  const { code = '', message } = cause as NodeJS.ErrnoException;
  return words[code] ?? message;
}
