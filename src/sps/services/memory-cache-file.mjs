/**
 * The embedded memory cache: an SQLite file that all plugins, calls and host processes of a state folder share.
 * Statements and rules are those of memory-cache-file.py, which gives the reasons.
 */
import { closeSync, fstatSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';

const busyMs = 30_000;
const rowBytes = 64;
const schema = `
CREATE TABLE cache (key BLOB PRIMARY KEY, value BLOB NOT NULL, expires_at REAL, uses INTEGER NOT NULL, used_at REAL NOT NULL, size INTEGER NOT NULL);
CREATE INDEX cache_use ON cache (uses, used_at);
CREATE TABLE total (size INTEGER NOT NULL);
INSERT INTO total VALUES (0);
CREATE TRIGGER cache_insert AFTER INSERT ON cache BEGIN UPDATE total SET size = size + new.size; END;
CREATE TRIGGER cache_update AFTER UPDATE OF size ON cache BEGIN UPDATE total SET size = size + new.size - old.size; END;
CREATE TRIGGER cache_delete AFTER DELETE ON cache BEGIN UPDATE total SET size = size - old.size; END;
PRAGMA user_version = 1;
`;
const update = 'UPDATE cache SET value = ?, expires_at = ?, uses = uses + 1, used_at = ?, size = ? WHERE key = ?';
const insert = 'INSERT INTO cache (value, expires_at, uses, used_at, size, key) VALUES (?, ?, 1, ?, ?, ?)';
const remove = 'DELETE FROM cache WHERE key = ?';
const leastUsed = 'SELECT key FROM cache WHERE key <> ? ORDER BY uses, used_at LIMIT 1';
const damaged = [11, 26]; // SQLITE_CORRUPT, SQLITE_NOTADB

export function createFileCache({ file, capacityBytes }) {
  return {
    set(key, value, ttl) {
      const name = Buffer.from(key);
      const now = Date.now() / 1000;
      const size = name.length + value.length + rowBytes;
      const values = [value, ttl > 0 ? now + ttl : null, now, size, name];
      change(file, (database) => {
        if (size > capacityBytes) {
          database.prepare(remove).run(name);
          return;
        }
        if (database.prepare(update).run(...values).changes === 0) database.prepare(insert).run(...values);
        evict(database, name, now, capacityBytes);
      });
    },
    get(key) {
      const name = Buffer.from(key);
      const now = Date.now() / 1000;
      return change(file, (database) => {
        const row = database.prepare('SELECT value, expires_at FROM cache WHERE key = ?').get(name);
        if (row === undefined || (row.expires_at !== null && row.expires_at <= now)) return null;
        database.prepare('UPDATE cache SET uses = uses + 1, used_at = ? WHERE key = ?').run(now, name);
        return row.value;
      });
    },
  };
}

function evict(database, name, now, capacityBytes) {
  const isOver = () => database.prepare('SELECT size FROM total').get().size > capacityBytes;
  if (isOver()) database.prepare('DELETE FROM cache WHERE expires_at <= ?').run(now);
  while (isOver()) {
    database.prepare(remove).run(database.prepare(leastUsed).get(name).key);
  }
}

function change(file, use) {
  const { DatabaseSync } = loadSqlite();
  for (let isLast = false; ; isLast = true) {
    const inode = prepare(file);
    const database = new DatabaseSync(file, { timeout: busyMs });
    try {
      return transact(database, use);
    } catch (error) {
      if (isLast || !damaged.includes(error.errcode)) throw error;
      for (const each of [`${file}-journal`, file]) {
        if (statSync(file, { throwIfNoEntry: false })?.ino === inode) rmSync(each, { force: true });
      }
    } finally {
      database.close();
    }
  }
}

function transact(database, use) {
  database.exec('PRAGMA synchronous = OFF; BEGIN IMMEDIATE');
  if (database.prepare('PRAGMA user_version').get().user_version === 0) database.exec(schema);
  const result = use(database);
  database.exec('COMMIT');
  return result;
}

function prepare(file) {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const descriptor = openSync(file, 'a', 0o600);
  try {
    return fstatSync(descriptor).ino;
  } finally {
    closeSync(descriptor);
  }
}

/** Node would warn in every log that the module is new; the plugin did not ask for it. */
function loadSqlite() {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return process.getBuiltinModule('node:sqlite');
  } finally {
    process.emitWarning = emitWarning;
  }
}
