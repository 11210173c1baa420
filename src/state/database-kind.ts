import type { DatabaseSync } from 'node:sqlite';
import { PluginHostError } from '../base/plugin-host-error.ts';
import { DatabaseFault, type Mend } from './database-fault.ts';

/** What all databases of one kind have in common, such as those of sessions. */
export interface DatabaseKind extends Mend {
  /**
   * Each turns one format into the next, the first an empty database; each runs inside a transaction. A database stores its format in
   * SQLite's `user_version`: the number of upgrades that it has had.
   */
  upgrades: readonly ((database: DatabaseSync) => void)[];
  /** For a database in a later format. */
  newerHint: string;
}

/**
 * The format of a database, 0 of a new one. Of a later format nothing else is read: a guess at its meaning would be worse than an error.
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
