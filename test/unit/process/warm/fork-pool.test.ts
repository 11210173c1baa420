import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ForkPool, quietReadyCount, readyCount } from '../../../../src/process/warm/fork-pool.ts';
import type { ForkServerEvents } from '../../../../src/process/warm/fork-server.ts';
import type { Station } from '../../../../src/process/warm/stations.ts';
import type { StartSupervisor } from '../../../../src/process/supervision.ts';

const command = { python: 'python3', program: '', preload: [], words: [], env: {}, limits: {} };
const limits = { replyLimitBytes: 1000, replyTotal: 1000, logLimitBytes: 1000 };

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** A pool whose stations do as they are told, at once or when they are let. */
function createPool() {
  const forks: (() => void)[] = [];
  const pace = { isSlow: false };
  const events: ForkServerEvents[] = [];
  const stations = new Set<Station>();
  const discarded: unknown[] = [];
  const finish: (() => void)[] = [];

  const startWorker =
    (station: Station): StartSupervisor =>
    () => {
      const { promise, resolve } = Promise.withResolvers<number | undefined>();
      const [log, input, reply] = [new EventEmitter(), new PassThrough(), new PassThrough()];
      const end = (): void => {
        resolve(undefined);
        log.emit('end');
        reply.end();
      };
      finish.push(() => {
        end();
        events.at(-1)?.onRest(station);
      });
      return {
        log: Object.assign(log, { destroy: () => undefined }),
        input,
        reply,
        gone: promise,
        ask: vi.fn(),
        polite: vi.fn(),
        overdue: vi.fn(),
        hard: vi.fn(),
        hold: vi.fn(),
        endOrphans: () => Promise.resolve([]),
        discard: () => {
          discarded.push(station);
          stations.delete(station);
          end();
          events.at(-1)?.onGone(station);
        },
      };
    };

  const addStation = (): void => {
    const station: Station = {
      fork: () => {
        const fork = (): void => events.at(-1)?.onWorker(startWorker(station), station);
        if (pace.isSlow) forks.push(fork);
        else fork();
      },
      end: () => {
        stations.delete(station);
        events.at(-1)?.onGone(station);
      },
    };
    stations.add(station);
    events.at(-1)?.onRest(station);
  };

  const pool = new ForkPool(command, limits, (_, given) => {
    events.push(given);
    return {
      isDead: false,
      addStation,
      hold: vi.fn(),
      retire: vi.fn(),
      close: () => Promise.resolve(),
      gone: new Promise(() => undefined),
    };
  });
  const open = async (): Promise<void> => {
    const warmed = pool.warmUp();
    events.at(-1)?.onReady({ modules: 0, folders: [] });
    await warmed;
  };
  return { pool, open, stations, discarded, finish, pace, forks };
}

test('there is a worker for each of many calls at once; what they had beyond what is kept ends when all is quiet', async () => {
  const { pool, open, stations, finish } = createPool();
  await open();
  const taking = Promise.all(Array.from({ length: 50 }, () => pool.take()));
  vi.advanceTimersByTime(1000);
  const taken = await taking;
  expect(taken.every((worker) => worker !== undefined)).toBe(true);
  expect(stations.size).toBeGreaterThanOrEqual(50);
  for (const end of finish) end();
  vi.advanceTimersByTime(1000);
  expect(stations.size).toBe(quietReadyCount);
});

test('workers that come too late for those who waited for them end as well', async () => {
  const { pool, open, stations, discarded, pace, forks } = createPool();
  await open();
  pace.isSlow = true;
  const taking = Promise.all(Array.from({ length: 50 }, () => pool.take()));
  await vi.advanceTimersByTimeAsync(3000);
  expect((await taking).filter((worker) => worker !== undefined)).toHaveLength(readyCount);
  for (const fork of forks) fork();
  await vi.advanceTimersByTimeAsync(1000);
  expect(discarded.length).toBeGreaterThan(0);
  expect(stations.size).toBeLessThanOrEqual(quietReadyCount + readyCount);
});

test('as many workers wait as a session has calls, once no call has come for a moment', async () => {
  const { pool, open, stations } = createPool();
  await open();
  expect(stations.size).toBe(readyCount);
  await pool.take();
  vi.advanceTimersByTime(1000);
  expect(stations.size).toBe(quietReadyCount);
  await pool.close();
});
