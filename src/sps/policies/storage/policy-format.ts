import path from 'node:path';
import { quoteWord } from '../../../base/quote-word.ts';
import type { DatabaseKind } from '../../../state/database-kind.ts';

const first = `
  CREATE TABLE objects (
    collection TEXT NOT NULL, key TEXT NOT NULL, position INTEGER NOT NULL, created_ms INTEGER NOT NULL, changed INTEGER NOT NULL,
    body TEXT NOT NULL, owner TEXT, package TEXT, PRIMARY KEY (collection, key));
  CREATE INDEX objects_in_order ON objects (collection, position);
  CREATE TABLE packages (digest TEXT PRIMARY KEY, bytes BLOB NOT NULL);
  CREATE TABLE commits (number INTEGER PRIMARY KEY, user TEXT NOT NULL, time TEXT NOT NULL, message TEXT NOT NULL, changes TEXT NOT NULL);
  CREATE TABLE accounts (name TEXT PRIMARY KEY, password TEXT NOT NULL);
`;

/** The committed configuration of a state folder, its packages and accounts. */
export const policyFormat: DatabaseKind = {
  upgrades: [
    (database) => {
      database.exec(first);
    },
  ],
  damageHint: (file) =>
    `Move ${quoteWord(path.basename(file))} out of the state folder to begin with an empty configuration, or name another one with --state.`,
  newerHint: 'Use that plugin-host, or another state folder with --state.',
};
