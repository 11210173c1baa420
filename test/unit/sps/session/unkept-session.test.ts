import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createStateOpener } from '../../../../src/sps/session/open-state.ts';
import { UnkeptSession } from '../../../../src/sps/store/memory-session.ts';
import { SessionStore } from '../../../../src/sps/store/session-store.ts';
import { changeOf } from './call-record.ts';

const isRoot = process.geteuid?.() === 0;
const nobody = 65_534;
let stateDir = '';
let store = new SessionStore('');
const sessions = (): string => path.join(stateDir, 'sessions');

beforeEach(async () => {
  stateDir = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
  store = new SessionStore(stateDir);
  (await store.open('demo')).commit(changeOf({ n: 1 }));
});

afterEach(() => {
  if (existsSync(sessions())) chmodSync(sessions(), 0o700);
  rmSync(stateDir, { recursive: true });
});

describe('a session that goes while a call is made', () => {
  test('is an error that names it, and no hint to remove it', async () => {
    const session = await store.open('demo');
    rmSync(sessions(), { recursive: true });
    expect(() => {
      session.commit(changeOf({ n: 2 }));
    }).toThrow(
      expect.objectContaining({
        code: 'STORE_UNREADABLE',
        message: expect.stringContaining('it was removed meanwhile'),
        hint: expect.not.stringContaining('session rm'),
      }),
    );
    session.close();
  });

  test('goes on in memory for the calls after it, each of which is told', async () => {
    const openState = createStateOpener({ store, name: 'demo' });
    const first = await openState({});
    expect(first.cookiesOf('aa/Test').cookie).toBe('{"n":1}');
    rmSync(sessions(), { recursive: true });
    await expect(first.commit(changeOf({ n: 2 }))).rejects.toThrow('removed meanwhile');
    await first.close();
    const second = await openState({});
    expect(second.cookiesOf('aa/Test').cookie).toBe('{"n":2}');
    await expect(async () => {
      await second.commit(changeOf({ n: 3 }));
    }).rejects.toThrow('removed meanwhile');
    expect((await openState({})).cookiesOf('aa/Test').cookie).toBe('{"n":3}');
  });
});

describe('a folder that cannot be written', () => {
  // Root can write everywhere.
  beforeEach(() => {
    if (!isRoot) return;
    chmodSync(tmpdir(), 0o711); // made for this run
    for (const each of [stateDir, sessions(), path.join(sessions(), 'demo.db')]) chownSync(each, nobody, nobody);
    process.seteuid?.(nobody);
  });

  afterEach(() => {
    if (isRoot) process.seteuid?.(0);
  });

  test('has sessions that can be read, and calls that are not kept', async () => {
    for (const suffix of ['-wal', '-shm']) rmSync(path.join(sessions(), `demo.db${suffix}`), { force: true });
    chmodSync(sessions(), 0o500);
    expect(store.readSteps('demo')).toHaveLength(1);
    expect(store.list()).toEqual([expect.objectContaining({ problem: null, steps: 1 })]);
    const session = await store.open('new');
    expect(session).toBeInstanceOf(UnkeptSession);
    expect(readdirSync(sessions())).toEqual(['demo.db']);
  });
});

test('the files of a session stay readable by their owner alone', () => {
  expect(statSync(path.join(sessions(), 'demo.db')).mode & 0o777).toBe(0o600);
});
