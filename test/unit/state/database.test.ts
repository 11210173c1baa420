import { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DatabaseFault } from '../../../src/state/database-fault.ts';
import type { DatabaseKind } from '../../../src/state/database-kind.ts';
import { HeldDatabase } from '../../../src/state/held-database.ts';
import { readDatabase } from '../../../src/state/read-database.ts';

const first = (database: DatabaseSync): void => {
  database.exec('CREATE TABLE notes (text TEXT)');
};
const second = (database: DatabaseSync): void => {
  database.exec("ALTER TABLE notes ADD COLUMN place TEXT NOT NULL DEFAULT 'here'");
};
const hints = { damageHint: (file: string) => `mend ${path.basename(file)}`, newerHint: 'take the newer one' };
const oldKind: DatabaseKind = { upgrades: [first], ...hints };
const kind: DatabaseKind = { upgrades: [first, second], ...hints };

let folder = '';
let file = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
  file = path.join(folder, 'notes.db');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function hold(of = kind): HeldDatabase {
  const held = HeldDatabase.hold(file, of, (database) => {
    database.exec("INSERT INTO notes (text) VALUES ('made')");
  });
  if (held === undefined) throw new Error('it is held');
  return held;
}

const add = (text: string) => (database: DatabaseSync) => {
  database.prepare('INSERT INTO notes (text) VALUES (?)').run(text);
};
const texts = (of = kind): unknown =>
  readDatabase(file, of, (database) => database.prepare('SELECT * FROM notes').all());

describe('a database that is held', () => {
  test('is made and filled when it is new, keeps what is committed, and is one file at rest', () => {
    hold().commit(add('one'));
    expect(texts()).toEqual([
      { text: 'made', place: 'here' },
      { text: 'one', place: 'here' },
    ]);
    expect(readdirSync(folder)).toEqual(['notes.db']);
  });

  test('is held by nobody else, in this process too, while others read what was before', () => {
    hold().close();
    const held = hold();
    expect(HeldDatabase.hold(file, kind, () => undefined)).toBeUndefined();
    expect(texts()).toHaveLength(1);
    held.commit(add('one'));
    expect(texts()).toHaveLength(2);
  });

  test('loses what was not committed', () => {
    const held = hold();
    held.read((database) => {
      add('one')(database);
    });
    held.close();
    expect(texts()).toHaveLength(1);
  });

  test('goes on in the newest format, with what it held, and is read as it is before', () => {
    hold(oldKind).commit(add('old'));
    expect(texts()).toEqual([{ text: 'made' }, { text: 'old' }]);
    hold().commit(add('new'));
    expect(texts()).toEqual([
      { text: 'made', place: 'here' },
      { text: 'old', place: 'here' },
      { text: 'new', place: 'here' },
    ]);
  });

  test('is read without a lock when it is at rest, and again when somebody changes it meanwhile', () => {
    hold().commit(add('one'));
    const isLong = new Date(Date.now() - 60_000);
    utimesSync(file, isLong, isLong);
    const seen: string[][] = [];
    const read = (database: DatabaseSync): number => {
      seen.push(readdirSync(folder));
      return database.prepare('SELECT * FROM notes').all().length;
    };
    expect(readDatabase(file, kind, read)).toBe(2);
    expect(seen).toEqual([['notes.db']]);
    const counts: number[] = [];
    const count = readDatabase(file, kind, (database) => {
      if (counts.length === 0) hold().commit(add('two'));
      counts.push(read(database));
      return counts.at(-1);
    });
    expect(counts).toHaveLength(2);
    expect(count).toBe(3);
  });

  test('of a later format is read and written by nobody', () => {
    hold().commit(add('one'));
    const refused = expect.objectContaining({
      code: 'FORMAT_TOO_NEW',
      message: expect.stringContaining('in format 2; this one reads format 1'),
      hint: 'take the newer one',
    });
    expect(() => texts(oldKind)).toThrow(refused);
    expect(() => hold(oldKind)).toThrow(refused);
  });

  test('that is damaged is told with its mend', () => {
    writeFileSync(file, 'no database '.repeat(1000));
    const refused = expect.objectContaining({ code: 'STORE_UNREADABLE', hint: 'mend notes.db' });
    expect(() => hold()).toThrow(refused);
    expect(() => texts()).toThrow(refused);
    rmSync(file);
    hold().close();
    expect(() =>
      readDatabase(file, kind, () => {
        throw new DatabaseFault('its notes are no notes');
      }),
    ).toThrow(expect.objectContaining({ message: `${file}: its notes are no notes`, hint: 'mend notes.db' }));
  });

  test('is never reached through a link', () => {
    symlinkSync(path.join(folder, 'elsewhere'), file);
    expect(() => hold()).toThrow('a link');
    expect(existsSync(path.join(folder, 'elsewhere'))).toBe(false);
  });
});
