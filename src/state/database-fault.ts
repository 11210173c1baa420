import { statfsSync } from 'node:fs';
import path from 'node:path';
import { PluginHostError } from '../base/plugin-host-error.ts';

/** Primary result codes of SQLite for a disk that is full, read-only or missing, and for a missing permission. Source: SQLite, Result Codes. */
const diskResults = [3, 8, 10, 13, 14]; // PERM, READONLY, IOERR, FULL, CANTOPEN
const busyResult = 5;
/** A page of the database and its log. */
const roomForOneChange = 64 * 1024;
const diskErrors = ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EIO', 'ENOENT', 'ENOTDIR'];

/** A database does not contain what plugin-host wrote. */
export class DatabaseFault extends Error {}

/** Whether SQLite gave up because somebody else holds the database. */
export function isBusy(failure: unknown): boolean {
  return (failure as { errcode?: number } | undefined)?.errcode === busyResult;
}

/** Whether the disk caused a failure, not the content of a file. */
export function isDiskFault(failure: unknown): boolean {
  const cause = failure instanceof PluginHostError ? failure.cause : failure;
  const { code, errcode } = (cause ?? {}) as { code?: string; errcode?: number };
  return errcode === undefined ? diskErrors.includes(code ?? '') : diskResults.includes(errcode & 0xff);
}

export interface Mend {
  /** For a database that plugin-host did not write. */
  damageHint: (file: string) => string;
}

/** Runs code that reads or writes a database; its failures become errors with a remedy. @throws PluginHostError STORE_UNREADABLE */
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
  'Check that the disk has space and that you can write to the folder, or name another folder with --state.';

const words: Record<string, string> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'your disk quota is used up',
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
    // For example, the folder no longer exists.
  }
  const { code = '', message } = cause as NodeJS.ErrnoException;
  return words[code] ?? message;
}
