import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { JsonObject } from '../../../src/base/json.ts';
import type { SessionContent } from '../../../src/sps/store/session-content.ts';
import type { SessionFacts } from '../../../src/sps/store/session-facts.ts';
import type { SessionChange } from '../../../src/sps/store/session-state.ts';
import type { StoredSessions } from '../../../src/sps/store/stored-sessions.ts';
import { openStore } from '../../../src/sps/stores/open-store.ts';
import { changeOf } from '../../unit/sps/session/call-record.ts';
import { hasRedis, startRedis } from '../redis-server.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
const password = 'pass:word@1';
let redis: Awaited<ReturnType<typeof startRedis>> | undefined;
let database = 0;

beforeAll(async () => {
  if (hasRedis) redis = await startRedis(folder, password);
});

afterAll(async () => {
  await redis?.stop();
  rmSync(folder, { recursive: true });
});

function change(cookie: JsonObject, others: Pick<Partial<SessionChange>, 'answers' | 'facts'> = {}): SessionChange {
  return changeOf(cookie, { ...others, kwargs: { text: `a\nb ${JSON.stringify(cookie)}` }, secrets: ['known'] });
}

const places = [
  { kind: 'a folder', place: () => ({ stateDir: mkdtempSync(path.join(folder, 'state-')) }) },
  ...(hasRedis
    ? [
        {
          kind: 'a Redis server',
          place: () => ({
            stateDir: folder,
            // Each test has a database of its own.
            stateUrl: `redis://:${encodeURIComponent(password)}@127.0.0.1:${redis?.port ?? 0}/${(database += 1) % 16}`,
          }),
        },
      ]
    : []),
];

describe.each(places)('sessions in $kind', ({ place }) => {
  const stores: StoredSessions[] = [];
  let where = { stateDir: '' };
  let store: StoredSessions;
  let other: StoredSessions;
  const open = async (): Promise<StoredSessions> => {
    const opened = await openStore(where);
    stores.push(opened);
    return opened;
  };

  beforeEach(async () => {
    where = place();
    [store, other] = [await open(), await open()];
  });

  afterEach(async () => {
    for (const each of stores.splice(0)) await each[Symbol.asyncDispose]();
  });

  test('give the next call what the last one kept, cookies by plugin, the session cookie to all', async () => {
    await (await store.open('demo')).commit(change({ a: 1 }, { answers: { otp: '1' } }));
    const session = await other.open('demo');
    expect(session.cookiesOf('aa/Test')).toEqual({ cookie: '{"a":1}', session_cookie: '{"a":1}' });
    expect(session.cookiesOf('credentialstore/Other')).toEqual({ cookie: '{}', session_cookie: '{"a":1}' });
    expect(session.answers()).toEqual({ otp: '1' });
    expect(session.knownSecrets()).toEqual(['known']);
    await session.close();
  });

  test('keep any JSON as it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue()), async (cookie) => {
        await (await store.open('any')).commit(change(cookie as JsonObject));
        const session = await other.open('any');
        expect(session.cookiesOf('aa/Test').cookie).toBe(JSON.stringify(cookie));
        await session.close();
        expect((await other.readSteps('any')).at(-1)?.record.kwargs).toEqual({
          text: `a\nb ${JSON.stringify(cookie)}`,
        });
      }),
      { numRuns: 20 },
    );
  });

  test('forget a call that was not committed', async () => {
    await (await store.open('demo')).commit(change({ a: 1 }));
    await (await store.open('demo')).close();
    expect(await other.readSteps('demo')).toHaveLength(1);
  });

  test('have one call at a time, and say which one', async () => {
    const first = await store.open('demo');
    await first.begin({ hook: 'authenticate', plugin: 'Test', startedAt: '2026-01-01T00:00:00.000Z' });
    const onWait = vi.fn();
    const second = other.open('demo', { onWait });
    await vi.waitFor(() => {
      expect(onWait).toHaveBeenCalledWith('demo');
    });
    expect(await other.callUnderWay('demo')).toMatchObject({ n: 1, hook: 'authenticate', plugin: 'Test' });
    await first.commit(change({ a: 1 }));
    const session = await second;
    expect(session.cookiesOf('aa/Test').cookie).toBe('{"a":1}');
    await session.close();
    expect(await other.callUnderWay('demo')).toBeUndefined();
  });

  test('count every call of several hosts', async () => {
    const add = async (from: StoredSessions): Promise<void> => {
      for (let n = 0; n < 10; n += 1) {
        const session = await from.open('demo');
        const { count = 0 } = JSON.parse(session.cookiesOf('aa/Test').cookie) as { count?: number };
        await session.commit(change({ count: count + 1 }));
      }
    };
    await Promise.all([store, other, await open()].map(add));
    const steps = await store.readSteps('demo');
    expect(steps.map(({ n }) => n)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
    const session = await store.open('demo');
    expect(session.cookiesOf('aa/Test').cookie).toBe('{"count":30}');
    await session.close();
  });

  test('stop a waiting call when it is told so', async () => {
    const session = await store.open('demo');
    await expect(other.open('demo', { signal: AbortSignal.timeout(1) })).rejects.toThrow();
    await session.close();
  });

  test('are listed with their last steps, and what is said of them is masked', async () => {
    const facts: Partial<SessionFacts> = { gatewayUser: 'known', protocol: 'ssh' };
    await (await store.open('one', { first: { origin: 'simulate' } })).commit(change({}, { facts }));
    await (await store.open('two')).commit(change({}));
    await (await store.open('two')).commit(change({}));
    expect(await other.names()).toEqual(['one', 'two']);
    expect(await other.list()).toMatchObject([
      {
        name: 'one',
        origin: 'simulate',
        gatewayUser: '***',
        protocol: 'ssh',
        steps: 1,
        lastHook: 'authenticate',
        problem: null,
      },
      { name: 'two', origin: null, gatewayUser: null, steps: 2 },
    ]);
  });

  test('are read from the step on that is not known yet', async () => {
    for (let n = 1; n <= 3; n += 1) await (await store.open('demo')).commit(change({ n }));
    expect(await other.look('demo', (reader) => reader.steps(2).map(({ n }) => n), 2)).toEqual([3]);
    expect(await other.look('demo', (reader) => reader.steps().length, 2)).toBe(3);
    expect(await other.look('demo', (reader) => [reader.summary().steps, reader.count()], 3)).toEqual([3, 3]);
    expect(await other.look('demo', (reader) => reader.summary().lastHook, 9)).toBe('authenticate');
  });

  test('are removed, and then there is none', async () => {
    await (await store.open('demo')).commit(change({}));
    await expect(store.removeAll(['demo', 'none'])).rejects.toMatchObject({ code: 'SESSION_NOT_FOUND' });
    await store.remove('demo');
    expect(await other.has('demo')).toBe(false);
    expect(await other.names()).toEqual([]);
    await expect(async () => other.readSteps('demo')).rejects.toMatchObject({ code: 'SESSION_NOT_FOUND' });
    await (await other.open('demo')).commit(change({}));
    expect(await store.readSteps('demo')).toHaveLength(1);
  });

  test('suggest a name that is like the one that is not there', async () => {
    await (await store.open('demo')).commit(change({}));
    await expect(async () => other.readSteps('demp')).rejects.toMatchObject({
      code: 'SESSION_NOT_FOUND',
      hint: expect.stringContaining('Did you mean demo?') as string,
    });
  });

  test('are filled from a file, and replaced only when that is wanted', async () => {
    const { plugin, ...kept } = change({ a: 1 });
    const content: SessionContent & Partial<SessionFacts> = {
      createdAt: '2026-01-02T00:00:00.000Z',
      masked: true,
      sessionCookie: '{"s":1}',
      cookies: { [plugin]: '{"a":1}' },
      answers: { otp: '1' },
      secretAnswers: ['otp'],
      steps: [1, 2].map((n) => ({ n, ...kept.step })),
      ended: 'closed',
    };
    await store.fill('demo', content, { replace: false });
    const { ended, ...rest } = content;
    expect(await other.readContent('demo')).toEqual(rest);
    expect(await other.readFacts('demo')).toMatchObject({ origin: 'import', ended, gatewayUser: null });
    await expect(other.fill('demo', content, { replace: false })).rejects.toMatchObject({ code: 'SESSION_EXISTS' });
    await other.fill('demo', { ...content, steps: content.steps.slice(1) }, { replace: true });
    expect(await store.readSteps('demo')).toHaveLength(1);
  });

  test.each(['', 'a/b', '../x', 'a b', 'ä', 'x'.repeat(65)])('are not named %j', async (name) => {
    await expect(store.open(name)).rejects.toMatchObject({ code: 'SESSION_NAME_INVALID' });
    await expect(async () => store.has(name)).rejects.toMatchObject({ code: 'SESSION_NAME_INVALID' });
  });

  test('have an owner while they run, and are nobody’s to claim', async () => {
    const owner = await store.takeOwner();
    await (await store.open('demo', { first: { owner: owner.id } })).commit(change({}));
    const facts = await other.readFacts('demo');
    expect(facts).toMatchObject({ owner: owner.id, ended: null });
    expect(await other.isRunning(facts)).toBe(true);
    expect(await other.orphans()).toEqual([]);
    expect(await other.claim('demo', 'other')).toBe(false);
    await (await store.open('demo')).tell({ ended: 'closed', endedAt: '2026-01-01T00:00:01.000Z', owner: null });
    expect(await other.isRunning(await other.readFacts('demo'))).toBe(false);
    await owner.release();
    expect(await other.claim('demo', 'other')).toBe(false);
  });

  test('whose owner is gone are claimed by one of many', { timeout: 60_000 }, async () => {
    const owner = await store.takeOwner();
    for (const name of ['one', 'two'])
      await (await store.open(name, { first: { owner: owner.id } })).commit(change({}));
    await owner.release();
    await vi.waitFor(
      async () => {
        expect(await other.orphans()).toEqual(['one', 'two']);
      },
      { timeout: 30_000, interval: 200 },
    );
    const owners = await Promise.all([store, other, store, other].map(async (each) => each.takeOwner()));
    const claims = await Promise.all(
      owners.map(async ({ id }, index) => [await (index < 2 ? store : other).claim('one', id), id] as const),
    );
    const winners = claims.filter(([isMine]) => isMine).map(([, id]) => id);
    expect(winners).toHaveLength(1);
    expect((await store.readFacts('one')).owner).toBe(winners[0]);
    for (const each of owners) await each.release();
  });
});
