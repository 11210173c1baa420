import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PluginHostError } from '../../../../src/base/plugin-host-error.ts';
import { renderTimeline } from '../../../../src/cli/sps/render/render-timeline.ts';
import { exportSession } from '../../../../src/sps/store/export-session.ts';
import { readSessionExport } from '../../../../src/sps/store/read-session-export.ts';
import { requireWhole } from '../../../../src/sps/store/require-whole.ts';
import { SessionStore } from '../../../../src/sps/store/session-store.ts';
import { toShownSteps } from '../../../../src/sps/store/shown-step.ts';
import { changeOf } from './call-record.ts';

let stateDir = '';
let store = new SessionStore('');
const paint = (_style: string, text: string): string => text;
const fileOf = (name: string): string => path.join(stateDir, 'sessions', `${name}.db`);

beforeEach(async () => {
  stateDir = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
  store = new SessionStore(stateDir);
  (await store.open('demo')).commit(changeOf());
});

afterEach(() => {
  rmSync(stateDir, { recursive: true });
});

function change(statements: string): void {
  const database = new DatabaseSync(fileOf('demo'));
  database.exec(statements);
  database.close();
}

/** Everything that is done with a stored session; the codes of what fails. */
async function useAll(): Promise<(string | undefined)[]> {
  const uses: (() => unknown)[] = [
    () => renderTimeline(toShownSteps(requireWhole(store, 'demo', store.readSteps('demo'))), { columns: 80, paint }),
    () => {
      const content = store.readContent('demo');
      requireWhole(store, 'demo', content.steps);
      JSON.stringify(exportSession('demo', content, false));
    },
    () => store.readFacts('demo'),
    async () => {
      const session = await store.open('demo');
      try {
        session.cookiesOf('aa/Test');
      } finally {
        session.close();
      }
    },
  ];
  const codes: (string | undefined)[] = [];
  for (const use of uses) {
    try {
      await use();
      codes.push(undefined);
    } catch (error) {
      codes.push(error instanceof PluginHostError ? error.code : String(error));
    }
  }
  return codes;
}

describe('a session whose content is not what plugin-host wrote', () => {
  test.each([
    'DELETE FROM session',
    "UPDATE session SET session_cookie = 'x'",
    "UPDATE session SET session_cookie = '[]'",
    "UPDATE session SET answers = '5'",
    "UPDATE session SET secret_answers = 'null'",
    "UPDATE cookies SET cookie = '{'",
    "UPDATE steps SET secrets = '{}'",
    "UPDATE steps SET record = '{}'",
    "UPDATE steps SET record = json_remove(record, '$.outcome.kind')",
    "UPDATE steps SET record = json_set(record, '$.outcome.kind', 'toString')",
    "UPDATE steps SET record = json_set(record, '$.cookie', json('null'))",
    "UPDATE steps SET log_lines = '[1]'",
    "UPDATE steps SET log_lines = ''",
    "UPDATE steps SET input = '{}'",
    "UPDATE steps SET started_at = 'x'",
    'DROP TABLE steps',
    'PRAGMA user_version = 0',
    'PRAGMA user_version = -3',
  ])('is told as that, with the command that removes it: %s', async (statements) => {
    change(statements);
    const codes = await useAll();
    expect(new Set(codes.filter((code) => code !== undefined))).toEqual(new Set(['STORE_UNREADABLE']));
    expect(() => requireWhole(store, 'demo', store.readContent('demo').steps)).toThrow(
      expect.objectContaining({ hint: `\`plugin-host session rm demo --state ${stateDir}\` removes it.` }),
    );
    await store.remove('demo');
    expect(store.list()).toEqual([]);
  });

  test('is never a defect of ours, whatever byte is another one', async () => {
    const whole = readFileSync(fileOf('demo'));
    const wrong = new Set<string>();
    for (let at = 0; at < whole.length; at += 211) {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] ?? 0) ^ 0xff;
      for (const suffix of ['-wal', '-shm']) rmSync(fileOf('demo') + suffix, { force: true });
      writeFileSync(fileOf('demo'), damaged);
      for (const code of await useAll()) {
        if (!['STORE_UNREADABLE', 'FORMAT_TOO_NEW', undefined].includes(code)) wrong.add(`${at}: ${code}`);
      }
    }
    expect([...wrong]).toEqual([]);
  });
});

describe('what cannot be read as a session', () => {
  test.each([
    [
      'a text',
      (file: string) => {
        writeFileSync(file, 'no database '.repeat(1000));
      },
    ],
    [
      'a folder',
      (file: string) => {
        mkdirSync(file);
      },
    ],
    [
      'an empty file',
      (file: string) => {
        writeFileSync(file, '');
      },
    ],
  ])('is removed all the same: %s', async (_what, make) => {
    make(fileOf('other'));
    await store.removeAll(['other', 'demo']);
    expect(store.list()).toEqual([]);
  });

  test('and nothing is removed when one of several is not there', async () => {
    await expect(store.removeAll(['demo', 'none'])).rejects.toMatchObject({ code: 'SESSION_NOT_FOUND' });
    expect(store.list()).toHaveLength(1);
  });
});

describe('what a newer plugin-host wrote', () => {
  test('is refused as a stored session with both numbers, by all that reads it, and can be removed', async () => {
    change("PRAGMA user_version = 99; UPDATE steps SET record = '{}'");
    expect(await useAll()).toEqual(Array.from({ length: 4 }, () => 'FORMAT_TOO_NEW'));
    expect(() => store.readSteps('demo')).toThrow(
      expect.objectContaining({ message: expect.stringContaining('format 99; this one reads format 3'), exitCode: 3 }),
    );
    expect(store.list()).toEqual([expect.objectContaining({ problem: expect.stringContaining('format 99') })]);
    await store.remove('demo');
    expect(store.list()).toEqual([]);
  });

  test('is refused as a file with both numbers, and nothing else of it is told', () => {
    const file = path.join(stateDir, 'newer.json');
    writeFileSync(file, JSON.stringify({ format: 'plugin-host session', version: 2, others: true }));
    expect(() => readSessionExport(file)).toThrow(
      expect.objectContaining({
        code: 'FORMAT_TOO_NEW',
        message: expect.stringContaining('version 2; this one reads version 1'),
        exitCode: 1,
        problems: undefined,
      }),
    );
  });
});
