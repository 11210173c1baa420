import { lstatSync } from 'node:fs';
import path from 'node:path';
import { DatabaseFault } from './database-fault.ts';

/** Files that SQLite keeps beside a database. */
export const sideFiles = ['-wal', '-shm'];

/** A link is not followed: its target was not stored as a database. @throws DatabaseFault */
export function requirePlainFiles(file: string): void {
  for (const each of ['', ...sideFiles].map((suffix) => file + suffix)) {
    const stats = lstatSync(each, { throwIfNoEntry: false });
    if (stats === undefined || stats.isFile()) continue;
    const what = stats.isSymbolicLink() ? 'is a link, which is not followed' : 'is not a file';
    throw new DatabaseFault(each === file ? what : `${path.basename(each)} ${what}`);
  }
}
