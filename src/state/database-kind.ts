import type { DatabaseSync } from 'node:sqlite';
import { PluginHostError } from '../base/plugin-host-error.ts';
import { DatabaseFault, type Mend } from './database-fault.ts';

/** What is the same of all databases of one kind, such as those of sessions. */
export interface DatabaseKind extends Mend {
  /**
   * What makes each format of the one before it, the first of an empty database; each inside a transaction. A database tells its format by
   * SQLite's `user_version`, which is the number of these that it has had.
   */
  upgrades: readonly ((database: DatabaseSync) => void)[];
  /** Of a database in a later format. */
  newerHint: string;
}

/**
 * The format of a database, 0 of a new one. Of a later format nothing else is read: a guess at what it means would be worse than none.
 * @throws PluginHostError FORMAT_TOO_NEW; DatabaseFault
 */
export function readFormat(database: DatabaseSync, file: string, { upgrades, newerHint }: DatabaseKind): number {
  const { user_version: format } = database.prepare('PRAGMA user_version').get() as { user_version: number };
  if (format > upgrades.length) {
    throw new PluginHostError(
      'FORMAT_TOO_NEW',
      `${file}: written by a newer plugin-host, in format ${format}; this one reads format ${upgrades.length}`,
      { hint: newerHint },
    );
  }
  const { count } = database.prepare('SELECT count(*) AS count FROM sqlite_schema').get() as { count: number };
  if (format < 0 || format > 0 !== count > 0) throw new DatabaseFault(`its format ${format} is not one of plugin-host`);
  return format;
}

/** Brings a database to the newest format. Inside a transaction. */
export function upgradeDatabase(database: DatabaseSync, format: number, { upgrades }: DatabaseKind): void {
  for (const upgrade of upgrades.slice(format)) upgrade(database);
  database.exec(`PRAGMA user_version = ${upgrades.length}`);
}
