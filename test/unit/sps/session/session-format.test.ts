import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, test } from 'vitest';
import type { CallRecord } from '../../../../src/sps/call/call-record.ts';
import { unknownFacts } from '../../../../src/sps/store/session-facts.ts';
import { SessionStore } from '../../../../src/sps/store/session-store.ts';

const stateDir = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
const file = path.join(stateDir, 'sessions', 'old.db');

afterAll(() => {
  rmSync(stateDir, { recursive: true });
});

/** As the first release wrote it. */
function writeFormat1(): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const database = new DatabaseSync(file);
  database.exec(`
    CREATE TABLE session (created_at TEXT NOT NULL, session_cookie TEXT NOT NULL, answers TEXT NOT NULL, secret_answers TEXT NOT NULL);
    CREATE TABLE cookies (plugin TEXT PRIMARY KEY, cookie TEXT NOT NULL);
    CREATE TABLE steps (n INTEGER PRIMARY KEY, started_at TEXT NOT NULL, record TEXT NOT NULL, log_lines TEXT NOT NULL, secrets TEXT NOT NULL);
    PRAGMA user_version = 1;
    INSERT INTO session VALUES ('2026-01-01T00:00:00.000Z', '{"shared":1}', '{"otp":"1"}', '["otp"]');
    INSERT INTO cookies VALUES ('aa/Old', '{"2":1,"1":2.0}');
    INSERT INTO steps VALUES (1, '2026-01-01T00:00:00.000Z', '{"hook":"authenticate"}', '[]', '{"values":["known"],"names":[]}');
  `);
  database.close();
}

describe('a session of the first store format', () => {
  test('is read as it is', () => {
    writeFormat1();
    expect(new SessionStore(stateDir).readContent('old')).toEqual({
      createdAt: '2026-01-01T00:00:00.000Z',
      masked: false,
      sessionCookie: '{"shared":1}',
      cookies: { 'aa/Old': '{"2":1,"1":2.0}' },
      answers: { otp: '1' },
      secretAnswers: ['otp'],
      steps: [
        {
          n: 1,
          startedAt: '2026-01-01T00:00:00.000Z',
          record: { hook: 'authenticate' },
          logLines: [],
          secrets: { values: ['known'], names: [] },
          input: null,
        },
      ],
    });
  });

  test('goes on in the new one and loses nothing', async () => {
    const store = new SessionStore(stateDir);
    const before = store.readContent('old');
    const input = {
      kwargs: { session_id: 'x' },
      cookies: { cookie: '{"b":1,"1":1.0}', session_cookie: '{}' },
      configuration: null,
      python: 'python3',
      api: '1.9',
      spsVersion: '9.0.0',
    };
    const session = await store.open('old');
    session.commit({
      plugin: 'aa/Old',
      cookies: { cookie: '{}', session_cookie: '{}' },
      answers: { otp: '1' },
      secretAnswers: ['otp'],
      step: {
        startedAt: '2026-01-02T00:00:00.000Z',
        record: { hook: 'authorize' } as unknown as CallRecord,
        logLines: [],
        secrets: { values: [], names: [] },
        input,
      },
    });
    const { steps } = store.readContent('old');
    expect(steps[0]).toEqual(before.steps[0]);
    expect(steps[1]).toMatchObject({ n: 2, record: { hook: 'authorize' }, input });
  });

  test('knows of itself what the new one asks for only when it came from a file', async () => {
    const store = new SessionStore(stateDir);
    expect(store.readFacts('old')).toEqual(unknownFacts);
    rmSync(file);
    writeFormat1();
    const database = new DatabaseSync(file);
    database.exec(`
      ALTER TABLE steps ADD COLUMN input TEXT;
      ALTER TABLE session ADD COLUMN masked INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE session ADD COLUMN imported INTEGER;
      UPDATE session SET imported = 1;
      PRAGMA user_version = 2;
    `);
    database.close();
    expect(store.readFacts('old')).toEqual({ ...unknownFacts, origin: 'import' });
    (await store.open('old', { first: { origin: 'invoke' } })).tell({ gatewayGroups: ['dba'] });
    expect(store.readFacts('old')).toEqual({ ...unknownFacts, origin: 'import', gatewayGroups: ['dba'] });
    expect(store.readSteps('old')).toHaveLength(1);
  });

  test('of a newer one is refused by name', async () => {
    const database = new DatabaseSync(file);
    database.exec('PRAGMA user_version = 99');
    database.close();
    await expect(new SessionStore(stateDir).open('old')).rejects.toMatchObject({
      code: 'FORMAT_TOO_NEW',
      message: expect.stringContaining('format 99; this one reads format 3'),
    });
  });
});
