import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { quietReadyCount, readyCount } from '../../../../src/process/warm/fork-pool.ts';
import { createPool } from './fake-servers.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const takeMany = (pool: { take: () => Promise<unknown> }, count: number) =>
  Promise.all(Array.from({ length: count }, () => pool.take()));

describe('the workers of a pool', () => {
  test('are waited for while the server starts: two interpreters that import the same would take each the time of the other', async () => {
    const { pool, servers } = createPool();
    const taking = takeMany(pool, 3);
    await vi.advanceTimersByTimeAsync(100);
    expect(servers).toHaveLength(1);
    expect(servers[0]?.stations.size).toBe(0);
    servers[0]?.ready();
    expect(new Set(await taking).size).toBe(3);
  });

  test('are not waited for longer than 2 s: a server that does not come to an end of its imports keeps no call', async () => {
    const { pool } = createPool();
    const taking = pool.take();
    await vi.advanceTimersByTimeAsync(2000);
    expect(await taking).toBeUndefined();
  });

  test('wait when it is ready; for one that is taken the next is forked, by a station that rests', async () => {
    const { pool, open } = createPool();
    const server = await open();
    expect(server.forked).toBe(readyCount);
    expect(pool.modules).toBe(7);
    for (let call = 1; call <= 20; call += 1) {
      expect(await pool.take()).toBeDefined();
      server.finish[call - 1]?.();
    }
    expect(server.stations.size).toBeLessThanOrEqual(readyCount + 1);
  });

  test('are each taken once', async () => {
    const { pool, open } = createPool();
    await open();
    const taking = takeMany(pool, 8);
    await vi.advanceTimersByTimeAsync(100);
    expect(new Set(await taking).size).toBe(8);
  });

  test('are not given when they ended while they waited', async () => {
    const { pool, open } = createPool();
    const server = await open();
    for (const end of server.finish.splice(0)) end();
    await vi.advanceTimersByTimeAsync(1);
    expect((await pool.take())?.isWaiting).toBe(true);
  });

  test('are as many as a session has calls, once no call has come for a moment', async () => {
    const { pool, open } = createPool();
    const server = await open();
    expect(server.stations.size).toBe(readyCount);
    await pool.take();
    await vi.advanceTimersByTimeAsync(1000);
    expect(server.stations.size).toBeLessThan(quietReadyCount); // forks would take the time of the call that still runs
    server.finish[0]?.();
    await vi.advanceTimersByTimeAsync(1000);
    expect(server.stations.size).toBe(quietReadyCount);
    await pool.close();
  });
});

describe('calls at once', () => {
  test('have a worker each; what they had beyond what is kept ends when all is quiet', async () => {
    const { pool, open } = createPool();
    const server = await open();
    const taking = takeMany(pool, 50);
    await vi.advanceTimersByTimeAsync(1000);
    expect((await taking).every((worker) => worker !== undefined)).toBe(true);
    expect(server.stations.size).toBeGreaterThanOrEqual(50);
    for (const end of server.finish) end();
    await vi.advanceTimersByTimeAsync(1000);
    expect(server.stations.size).toBe(quietReadyCount);
  });

  test('get them in the order in which they came', async () => {
    const { pool, open } = createPool();
    const server = await open();
    server.isSlow = true;
    await takeMany(pool, readyCount);
    const order: number[] = [];
    const taking = [1, 2, 3].map((call) => pool.take().then(() => order.push(call)));
    await vi.advanceTimersByTimeAsync(100);
    server.fork();
    await Promise.all(taking);
    expect(order).toEqual([1, 2, 3]);
  });

  test('wait 2 s at most; then a fresh process is faster, and workers that come later end as well', async () => {
    const { pool, open } = createPool();
    const server = await open();
    server.isSlow = true;
    const taking = takeMany(pool, 50);
    await vi.advanceTimersByTimeAsync(3000);
    expect((await taking).filter((worker) => worker !== undefined)).toHaveLength(readyCount);
    server.fork();
    for (const end of server.finish.slice(0, readyCount)) end();
    await vi.advanceTimersByTimeAsync(1000);
    expect(server.discarded).toBeGreaterThan(0);
    expect(server.stations.size).toBeLessThanOrEqual(quietReadyCount + readyCount);
  });

  test('hold their server, so that the program does not end, as long as one of them waits for it', async () => {
    const { pool, open } = createPool();
    const server = await open();
    server.isSlow = true;
    await takeMany(pool, readyCount);
    server.hold.mockClear();
    const taking = takeMany(pool, 2);
    await vi.advanceTimersByTimeAsync(100);
    expect(server.hold.mock.calls.map(([isHeld]) => isHeld)).not.toContain(false);
    server.fork();
    await taking;
    expect(server.hold).toHaveBeenLastCalledWith(false);
  });
});

describe('a server', () => {
  test('that dies is replaced; who waited for it gets a fresh process, who comes meanwhile waits for the next', async () => {
    const { pool, servers, open } = createPool();
    const server = await open();
    server.isSlow = true;
    const taking = takeMany(pool, readyCount + 1);
    await vi.advanceTimersByTimeAsync(0);
    server.die();
    expect((await taking).filter((worker) => worker === undefined)).toHaveLength(1);
    const next = pool.take();
    servers[1]?.ready();
    expect(await next).toBeDefined();
  });

  test('that was replaced: its workers and stations that come late end', async () => {
    const { open, servers } = createPool();
    const server = await open();
    server.isSlow = true;
    server.addStation();
    server.die();
    server.fork();
    expect(server.discarded).toBe(server.forked);
    server.addStation();
    expect(server.stations.size).toBe(0);
    expect(servers).toHaveLength(1);
  });

  test('is replaced when its packages change', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
    const { pool, servers } = createPool();
    try {
      const warmed = pool.warmUp();
      servers[0]?.ready([folder]);
      await warmed;
      expect(await pool.take()).toBeDefined();
      mkdirSync(path.join(folder, 'package'));
      const next = pool.take();
      expect(servers[0]?.retire).toHaveBeenCalledOnce();
      expect(servers).toHaveLength(2);
      servers[1]?.ready();
      expect(await next).toBeDefined();
    } finally {
      await pool.close();
      rmSync(folder, { recursive: true });
    }
  });

  test('is replaced after 5,000 workers', async () => {
    const { pool, servers, open } = createPool();
    const server = await open();
    for (let call = 0; servers.length === 1 && call < 10_000; call += 1) {
      const taking = pool.take();
      servers.at(1)?.ready();
      await taking;
      server.finish[call]?.();
    }
    expect(server.forked).toBe(5000);
    expect(server.retire).toHaveBeenCalledOnce();
  });

  test('that ends before it is ready is tried three times, no more', async () => {
    const { pool, servers } = createPool();
    for (let call = 0; call < 5; call += 1) {
      const taken = pool.take();
      servers.at(-1)?.die();
      expect(await taken).toBeUndefined();
    }
    expect(servers).toHaveLength(3);
    await pool.warmUp();
  });

  test('is not started again by a pool that was closed', async () => {
    const { pool, servers, open } = createPool();
    const server = await open();
    await pool.close();
    expect(server.discarded).toBe(readyCount);
    expect(await pool.take()).toBeUndefined();
    expect(servers).toHaveLength(1);
  });
});
