import { copyFileSync, existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { makeTemporaryFolder } from '../process/folders/make-temporary-folder.ts';
import { removeFolder } from '../process/folders/remove-folder.ts';
import { guardDatabase, isDiskFault } from './database-fault.ts';
import { type DatabaseKind, readFormat } from './database-kind.ts';
import { busyTimeoutMs } from './held-database.ts';
import { requirePlainFiles } from './require-plain-files.ts';
import { stampAtRest } from './stamp-at-rest.ts';

/** @param format 0 for a database that was just made, by a writer that has not begun */
type Use<T> = (database: DatabaseSync, format: number) => T;

type Read<T> = (location: URL, readOnly: boolean) => T;

/** Reads a database, also on a disk that is full or read-only. @throws PluginHostError STORE_UNREADABLE, FORMAT_TOO_NEW */
export function readDatabase<T>(file: string, kind: DatabaseKind, use: Use<T>): T {
  const read: Read<T> = (location, readOnly) => {
    const database = new DatabaseSync(location, { readOnly, timeout: busyTimeoutMs });
    try {
      return use(database, readFormat(database, file, kind));
    } finally {
      database.close();
    }
  };
  return guardDatabase(file, kind, () => {
    const found = readAtRest(file, read);
    if (found !== undefined) return found.value;
    requirePlainFiles(file);
    try {
      // A process that may only read leaves the side files, also those that it made.
      return read(urlOf(file, { mode: 'rw' }), false);
    } catch (failure) {
      if (!isDiskFault(failure)) throw failure;
      return readUnwritable(file, read, failure);
    }
  });
}

/**
 * One that nobody has changed for a while and nobody changes meanwhile needs no lock, which takes most of the time where many are read. Undefined:
 * somebody may have, or it cannot be read so.
 */
function readAtRest<T>(file: string, read: Read<T>): { value: T } | undefined {
  const before = stampAtRest(file);
  if (before === undefined) return undefined;
  try {
    const value = read(urlOf(file, { immutable: '1' }), true);
    return stampAtRest(file) === before ? { value } : undefined;
  } catch {
    return undefined; // the other way says why
  }
}

/**
 * SQLite makes a file beside the database even to read it, unless told that nobody changes it. It then leaves out what is in the log but not
 * yet in the database; with such a log, both are read as copies in the folder for temporary files.
 */
function readUnwritable<T>(file: string, read: Read<T>, failure: unknown): T {
  const log = `${file}-wal`;
  if (!existsSync(log) || statSync(log).size === 0) {
    return read(urlOf(file, { immutable: '1' }), true);
  }
  const folder = makeTemporaryFolder();
  try {
    const copy = path.join(folder, path.basename(file));
    copyFileSync(file, copy);
    copyFileSync(log, `${copy}-wal`);
    return read(urlOf(copy), true);
  } catch (error) {
    throw isDiskFault(error) ? failure : error;
  } finally {
    removeFolder(folder);
  }
}

function urlOf(file: string, parameters: Record<string, string> = {}): URL {
  const url = pathToFileURL(path.resolve(file));
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url;
}
