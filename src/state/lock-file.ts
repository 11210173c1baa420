import { DatabaseSync } from 'node:sqlite';
import { isBusy } from './database-fault.ts';
import { touchFile } from './touch-file.ts';

/** A lock that this process holds. */
export interface FileLock {
  release: () => void;
}

/** A database that nothing refers to would be closed, and its lock lost with it. */
const held = new Set<DatabaseSync>();

/**
 * Locks a file, made when new; undefined while another process holds it, or another part of this one. It is SQLite's lock: the system
 * releases it as soon as its holder dies, however that dies, and no child inherits it.
 */
export function lockFile(file: string): FileLock | undefined {
  touchFile(file);
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE'); // no file beside it
  } catch (error) {
    database.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
  held.add(database);
  return {
    release() {
      if (held.delete(database)) database.close();
    },
  };
}

/** Whether somebody holds the lock of a file. Several can ask at once: asking does not take it. */
export function isLocked(file: string): boolean {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { readOnly: true, timeout: 0 });
    database.exec('BEGIN; SELECT count(*) FROM sqlite_schema');
    return false;
  } catch (error) {
    return isBusy(error); // else there is no such file
  } finally {
    database?.close();
  }
}
