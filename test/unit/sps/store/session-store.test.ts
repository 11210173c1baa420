import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { JsonObject } from '../../../../src/base/json.ts';
import { PluginHostError } from '../../../../src/base/plugin-host-error.ts';
import type { SessionChange } from '../../../../src/sps/store/session-state.ts';
import { SessionStore } from '../../../../src/sps/store/session-store.ts';
import { changeOf } from '../session/call-record.ts';

let stateDir = '';

beforeEach(() => {
  stateDir = path.join(mkdtempSync(path.join(tmpdir(), 'ph-test-')), 'state');
});

afterEach(() => {
  rmSync(path.dirname(stateDir), { recursive: true });
});

function change(cookie: JsonObject, answers: JsonObject = {}): SessionChange {
  return changeOf(cookie, { answers, secrets: ['known'] });
}

describe('a stored session', () => {
  test('gives the next call what the last one kept, cookies by plugin, the session cookie to all', async () => {
    const store = new SessionStore(stateDir);
    (await store.open('demo')).commit(change({ a: 1 }, { otp: '1' }));
    const session = await store.open('demo');
    expect(session.cookiesOf('aa/Test')).toEqual({ cookie: '{"a":1}', session_cookie: '{"a":1}' });
    expect(session.cookiesOf('credentialstore/Other')).toEqual({ cookie: '{}', session_cookie: '{"a":1}' });
    expect(session.answers()).toEqual({ otp: '1' });
    expect(session.knownSecrets()).toEqual(['known']);
    session.close();
  });

  test('keeps any JSON as it is', async () => {
    const store = new SessionStore(stateDir);
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue()), async (cookie) => {
        (await store.open('any')).commit(change(cookie as JsonObject));
        const session = await store.open('any');
        expect(session.cookiesOf('aa/Test').cookie).toBe(JSON.stringify(cookie));
        session.close();
      }),
      { numRuns: 40 },
    );
  });

  test('forgets a call that was not committed', async () => {
    const store = new SessionStore(stateDir);
    (await store.open('demo')).commit(change({ a: 1 }));
    (await store.open('demo')).close();
    expect(store.readSteps('demo')).toHaveLength(1);
  });

  test('makes a second call wait for the first', async () => {
    const store = new SessionStore(stateDir);
    const first = await store.open('demo');
    const onWait = vi.fn();
    const second = store.open('demo', { onWait });
    await vi.waitFor(() => {
      expect(onWait).toHaveBeenCalledOnce();
    });
    first.commit(change({ a: 1 }));
    const session = await second;
    expect(session.cookiesOf('aa/Test').cookie).toBe('{"a":1}');
    session.close();
  });

  test('can be read while a call is under way', async () => {
    const store = new SessionStore(stateDir);
    (await store.open('demo')).commit(change({}));
    const session = await store.open('demo');
    expect(store.readSteps('demo')).toHaveLength(1);
    expect(store.list()).toEqual([expect.objectContaining({ name: 'demo', steps: 1, lastHook: 'authenticate' })]);
    session.close();
  });

  test('stops waiting when told so', async () => {
    const store = new SessionStore(stateDir);
    const session = await store.open('demo');
    await expect(store.open('demo', { signal: AbortSignal.timeout(1) })).rejects.toThrow();
    session.close();
  });

  test('is removed with all its files', async () => {
    const store = new SessionStore(stateDir);
    (await store.open('demo')).commit(change({}));
    await store.remove('demo');
    expect(readdirSync(path.join(stateDir, 'sessions'))).toEqual([]);
    expect(() => store.readSteps('demo')).toThrow(PluginHostError);
  });

  test('is read by its owner alone', async () => {
    const store = new SessionStore(stateDir);
    (await store.open('demo')).commit(change({}));
    expect(statSync(stateDir).mode & 0o777).toBe(0o700);
    expect(statSync(path.join(stateDir, 'sessions', 'demo.db')).mode & 0o777).toBe(0o600);
  });

  test.each(['', 'a/b', '../x', 'a b', 'ä', 'x'.repeat(65)])('is not named %j', async (name) => {
    await expect(new SessionStore(stateDir).open(name)).rejects.toMatchObject({ code: 'SESSION_NAME_INVALID' });
  });

  test.each(['demo', '.', '..', 'A-b_c.9', 'x'.repeat(64)])('may be named %j', async (name) => {
    const store = new SessionStore(stateDir);
    (await store.open(name)).commit(change({}));
    expect(store.list().map((each) => each.name)).toEqual([name]);
  });

  test('that is damaged is an error of its own, not a crash', async () => {
    const store = new SessionStore(stateDir);
    (await store.open('demo')).commit(change({}));
    writeFileSync(path.join(stateDir, 'sessions', 'demo.db'), 'no database at all '.repeat(1000));
    expect(() => store.readSteps('demo')).toThrow(expect.objectContaining({ code: 'STORE_UNREADABLE' }));
    await expect(store.open('demo')).rejects.toMatchObject({ code: 'STORE_UNREADABLE' });
  });
});
