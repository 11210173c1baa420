import { copyFileSync, existsSync, lstatSync, statSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { makeTemporaryFolder } from '../../process/folders/make-temporary-folder.ts';
import { removeFolder } from '../../process/folders/remove-folder.ts';
import { DamagedSession, guardStore, isDiskFault } from './guard-store.ts';
import { SessionReader } from './session-reader.ts';

export const busyTimeoutMs = 5000;

/** Files that SQLite keeps beside a database. */
export const sideFiles = ['-wal', '-shm'];

/** Reads a stored session, also on a disk that is full or read-only. @throws PluginHostError STORE_UNREADABLE, FORMAT_TOO_NEW */
export function readSession<T>(file: string, use: (reader: SessionReader) => T): T {
  return guardStore(file, () => {
    requirePlainFiles(file);
    try {
      return readDatabase(file, file, use);
    } catch (failure) {
      if (!isDiskFault(failure)) throw failure;
      return readUnwritable(file, use, failure);
    }
  });
}

/** A link is not followed: what lies elsewhere was not put there as a session. @throws DamagedSession */
export function requirePlainFiles(file: string): void {
  for (const each of ['', ...sideFiles].map((suffix) => file + suffix)) {
    const stats = lstatSync(each, { throwIfNoEntry: false });
    if (stats === undefined || stats.isFile()) continue;
    const what = stats.isSymbolicLink() ? 'is a link, which is not followed' : 'is no file';
    throw new DamagedSession(each === file ? what : `${path.basename(each)} ${what}`);
  }
}

function readDatabase<T>(location: string | URL, file: string, use: (reader: SessionReader) => T): T {
  const database = new DatabaseSync(location, { readOnly: true, timeout: busyTimeoutMs });
  try {
    return use(new SessionReader(database, file));
  } finally {
    database.close();
  }
}

/**
 * SQLite makes a file beside the database even to read it, unless told that nobody changes it. It then leaves out what is in the log but not
 * yet in the database; with such a log, both are read as copies in the folder for temporary files.
 */
function readUnwritable<T>(file: string, use: (reader: SessionReader) => T, failure: unknown): T {
  const log = `${file}-wal`;
  if (!existsSync(log) || statSync(log).size === 0) {
    const url = pathToFileURL(path.resolve(file));
    url.searchParams.set('immutable', '1');
    return readDatabase(url, file, use);
  }
  const folder = makeTemporaryFolder();
  try {
    const copy = path.join(folder, path.basename(file));
    copyFileSync(file, copy);
    copyFileSync(log, `${copy}-wal`);
    return readDatabase(copy, file, use);
  } catch (error) {
    throw isDiskFault(error) ? failure : error;
  } finally {
    removeFolder(folder);
  }
}
