import type { DatabaseSync } from 'node:sqlite';
import { Configuration } from '../configuration.ts';
import { type ObjectRow, readRow } from './object-row.ts';

/** Everything that is committed. Inside a transaction, so that it is of one moment. */
export function readConfiguration(database: DatabaseSync): Configuration {
  const rows = database.prepare('SELECT * FROM objects ORDER BY collection, position').all() as unknown as ObjectRow[];
  const { number } = database.prepare('SELECT coalesce(max(number), 0) AS number FROM commits').get() as {
    number: number;
  };
  return Configuration.of(number, rows.map(readRow));
}

/** The ZIP of a plugin. */
export function readPackage(database: DatabaseSync, digest: string): Uint8Array | undefined {
  const row = database.prepare('SELECT bytes FROM packages WHERE digest = ?').get(digest);
  return row?.['bytes'] as Uint8Array | undefined;
}
