import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createStateOpener, tellSession } from '../../../src/sps/session/open-state.ts';
import { RedisStore } from '../../../src/sps/stores/redis-store.ts';
import { changeOf } from '../../unit/sps/session/call-record.ts';
import { runCommand } from '../fixture.ts';
import { hasRedis, startRedis } from '../redis-server.ts';

const password = 's3cr3t-of-redis';
const source = (file: string): string => JSON.stringify(path.resolve(import.meta.dirname, '../../..', file));
const kills = Math.min(50, Number(process.env['PLUGIN_HOST_KILLS'] ?? 4));
const isUnreachable = expect.objectContaining({ code: 'STATE_UNREACHABLE' }) as Error;
let folder = '';
let url = '';
let redis: Awaited<ReturnType<typeof startRedis>>;
const stores: RedisStore[] = [];
const children = new Set<ChildProcess>();

async function open(): Promise<RedisStore> {
  const store = await RedisStore.open(url);
  stores.push(store);
  return store;
}

async function startAgain(): Promise<void> {
  redis = await startRedis(folder, password, { port: redis.port, isLasting: true });
}

/** Runs a program that has a store, says one line and waits to be killed. */
async function startHost(program: string): Promise<{ child: ChildProcess; line: string }> {
  const text = `
    import { RedisStore } from ${source('src/sps/stores/redis-store.ts')};
    import { changeOf } from ${source('test/unit/sps/session/call-record.ts')};
    const store = await RedisStore.open(${JSON.stringify(url)});
    ${program}
    setInterval(() => {}, 1e6);`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', text], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.add(child);
  const ended = once(child, 'exit').then(() => ['ended']);
  const [line] = (await Promise.race([once(createInterface(child.stdout), 'line'), ended])) as [string];
  return { child, line };
}

async function kill(child: ChildProcess): Promise<void> {
  children.delete(child);
  if (child.kill('SIGKILL')) await once(child, 'exit');
}

describe.skipIf(!hasRedis)('a state on a Redis server', () => {
  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
    redis = await startRedis(folder, password, { isLasting: true });
    url = `redis://:${password}@127.0.0.1:${redis.port}`;
  });

  afterEach(async () => {
    for (const child of children) await kill(child);
    for (const store of stores.splice(0)) await store[Symbol.asyncDispose]();
    await redis.stop();
    rmSync(folder, { recursive: true });
  });

  test('that goes away makes each result that cannot be stored an error within seconds, and works again once it is back', async () => {
    const store = await open();
    await (await store.open('demo')).commit(changeOf({ n: 1 }));
    const session = await store.open('demo');
    await redis.kill();
    const startedAt = performance.now();
    await expect(session.commit(changeOf({ n: 2 }))).rejects.toEqual(isUnreachable);
    expect(performance.now() - startedAt).toBeGreaterThan(4000);
    await session.close();
    await expect(store.open('other')).rejects.toEqual(isUnreachable);
    await startAgain();
    await vi.waitFor(
      async () => {
        expect(await store.readSteps('demo')).toHaveLength(1);
      },
      { timeout: 30_000 },
    );
    // The hold that was lost with the server ends by itself.
    await (await store.open('demo')).commit(changeOf({ n: 3 }));
    expect((await store.readSteps('demo')).map(({ record }) => record.cookie.after)).toEqual([{ n: 1 }, { n: 3 }]);
  });

  test('that is away for a moment loses nothing', async () => {
    const store = await open();
    const session = await store.open('demo');
    await redis.kill();
    const stored = session.commit(changeOf({ n: 1 }));
    await startAgain();
    await stored;
    expect(await store.readSteps('demo')).toHaveLength(1);
  });

  test('keeps what was acknowledged, whole and once, however often it is killed', { timeout: 300_000 }, async () => {
    const store = await open();
    const acknowledged: number[] = [];
    const done = new AbortController();
    const calls = (async () => {
      for (let n = 1; !done.signal.aborted; n += 1) {
        const session = await store.open('demo').catch(() => undefined);
        if (session === undefined) continue;
        try {
          await session.commit(changeOf({ n }));
          acknowledged.push(n);
        } catch {
          // It was not acknowledged.
        }
        await session.close();
      }
    })();
    for (let times = 0; times < kills; times += 1) {
      const before = acknowledged.length;
      await vi.waitUntil(() => acknowledged.length > before + 20, { timeout: 60_000 });
      await redis.kill();
      await startAgain();
    }
    done.abort();
    await calls;
    const kept = (await store.readSteps('demo')).map(({ record }) => Number(record.cookie.after['n']));
    expect(new Set(kept).size).toBe(kept.length);
    expect(kept).toEqual(expect.arrayContaining(acknowledged));
    expect(kept).toEqual([...kept].sort((one, other) => one - other));
  });

  test('that is away while a session ends gets its end once it is back; the calls meanwhile go on from what was stored', async () => {
    const store = await open();
    const openState = createStateOpener({ store, name: 'demo', first: { owner: 'one' } });
    await (await openState({})).commit(changeOf({ n: 1 }));
    await redis.kill();
    const session = await openState({});
    expect(session.cookiesOf('aa/Test').cookie).toBe('{"n":1}');
    await expect(async () => session.commit(changeOf({ n: 2 }))).rejects.toEqual(isUnreachable);
    await tellSession(openState, { ended: 'plugin-error', endedAt: '2026-01-01T00:00:00.000Z', owner: null });
    await startAgain();
    await vi.waitFor(
      async () => {
        expect(await store.readFacts('demo')).toMatchObject({ ended: 'plugin-error', owner: null });
      },
      { timeout: 30_000 },
    );
    expect(await store.orphans()).toEqual([]);
  });

  test('lets nobody store who has lost the hold of a session', async () => {
    const [store, other] = [await open(), await open()];
    const session = await store.open('demo');
    await other.link.command(['DEL', 'plugin-host:lease:demo']); // as ten seconds without a word do
    await (await other.open('demo')).commit(changeOf({ n: 'other' }));
    await expect(session.commit(changeOf({ n: 'lost' }))).rejects.toEqual(isUnreachable);
    await session.close();
    expect((await other.readSteps('demo')).map(({ record }) => record.cookie.after)).toEqual([{ n: 'other' }]);
  });

  test('keeps the hold of a call that takes longer than a hold lasts', { tags: ['thorough'] }, async () => {
    const [store, other] = [await open(), await open()];
    const session = await store.open('demo');
    const signal = AbortSignal.timeout(12_000);
    await expect(other.open('demo', { signal })).rejects.toThrow('timeout');
    await session.commit(changeOf({ n: 1 }));
    expect(await other.readSteps('demo')).toHaveLength(1);
  });

  test(
    'gives up a host that is killed: its session goes on elsewhere, and is claimed once',
    { timeout: 60_000 },
    async () => {
      const { child, line } = await startHost(`
      const owner = await store.takeOwner();
      await (await store.open('demo', { first: { owner: owner.id } })).commit(changeOf({ n: 1 }));
      const session = await store.open('demo', { first: { owner: owner.id } });
      await session.begin({ hook: 'authorize', plugin: 'Test', startedAt: new Date().toISOString() });
      console.log(owner.id);
    `);
      const [store, other] = [await open(), await open()];
      expect(await store.readFacts('demo')).toMatchObject({ owner: line, ended: null });
      expect(await store.isRunning(await store.readFacts('demo'))).toBe(true);
      await vi.waitUntil(async () => (await store.callUnderWay('demo')) !== undefined);
      await kill(child);
      const owners = [await store.takeOwner(), await other.takeOwner()];
      let claims: boolean[] = [];
      await vi.waitFor(
        async () => {
          expect(await store.orphans()).toEqual(['demo']);
          claims = await Promise.all([store, other].map((each, index) => each.claim('demo', owners[index]?.id ?? '')));
          expect(claims).toContain(true);
        },
        { timeout: 30_000, interval: 100 },
      );
      expect(claims.filter(Boolean)).toHaveLength(1);
      expect(await store.orphans()).toEqual([]);
      expect(await store.callUnderWay('demo')).toBeUndefined();
      for (const owner of owners) await owner.release();
    },
  );

  test('refuses the owner whose session was taken over', async () => {
    const store = await open();
    await (await store.open('demo', { first: { owner: 'one' } })).commit(changeOf({ n: 1 }));
    await (await store.open('demo')).tell({ owner: 'two' });
    await expect(store.open('demo', { first: { owner: 'one' } })).rejects.toMatchObject({ code: 'SESSION_BUSY' });
  });

  test('tells of a change within a second, also after it was away', async () => {
    const [store, other] = [await open(), await open()];
    const told: (string | undefined)[] = [];
    await store.watch((name) => told.push(name));
    await (await other.open('demo')).commit(changeOf());
    await vi.waitUntil(() => told.includes('demo'), { timeout: 1000 });
    await redis.kill();
    await startAgain();
    await vi.waitUntil(() => told.includes(undefined), { timeout: 30_000 });
    told.length = 0;
    await (await other.open('demo')).commit(changeOf());
    await vi.waitUntil(() => told.includes('demo'), { timeout: 5000 });
  });

  test('has its password in no output', async () => {
    const run = async (...args: string[]) => runCommand(['session', ...args]);
    const outputs = [
      await run('ls', '--state', url),
      await run('show', 'none', '--state', url),
      await run('ls', '--state', url.replace(password, `${password}-wrong`)),
      await run('ls', '--state', `redis://:${password}@`),
    ];
    await redis.kill();
    const gone = await run('ls', '--json', '--state', url);
    await startAgain();
    expect(gone.exitCode).toBe(3);
    expect(JSON.parse(gone.stdout || gone.stderr)).toMatchObject({ error: { code: 'STATE_UNREACHABLE' } });
    for (const { stdout, stderr } of [...outputs, gone]) expect(stdout + stderr).not.toContain(password);
  });
});
