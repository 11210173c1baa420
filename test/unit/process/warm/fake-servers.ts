import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { vi } from 'vitest';
import type { StartSupervisor } from '../../../../src/process/connect-supervisor.ts';
import { ForkPool } from '../../../../src/process/warm/fork-pool.ts';
import type { ForkServerEvents } from '../../../../src/process/warm/fork-server.ts';
import type { Station } from '../../../../src/process/warm/stations.ts';

const command = { python: 'python3', kept: undefined, program: '', preload: [], words: [], env: {}, limits: {} };
const limits = { replyLimitBytes: 1000, replyTotal: 1000, logLimitBytes: 1000 };

/** A server that starts nothing: its stations fork at once, or when `fork` is called. */
export class FakeServer {
  readonly events: ForkServerEvents;
  readonly stations = new Set<Station>();
  readonly finish: (() => void)[] = [];
  readonly hold = vi.fn<(isHeld: boolean) => void>();
  readonly retire = vi.fn<() => void>();
  readonly gone = new Promise<void>(() => undefined);
  isDead = false;
  isSlow = false;
  forked = 0;
  discarded = 0;
  #waiting: (() => void)[] = [];

  constructor(events: ForkServerEvents) {
    this.events = events;
  }

  close = (): Promise<void> => Promise.resolve();

  ready(folders: string[] = []): void {
    this.events.onReady({ modules: 7, folders });
  }

  die(): void {
    this.isDead = true;
    this.events.onDead();
  }

  addStation = (): void => {
    const station: Station = {
      fork: () => {
        const fork = (): void => {
          this.forked += 1;
          this.events.onWorker(this.#startWorker(station), station);
        };
        if (this.isSlow) this.#waiting.push(fork);
        else fork();
      },
      end: () => {
        this.stations.delete(station);
        this.events.onGone(station);
      },
    };
    this.stations.add(station);
    this.events.onRest(station);
  };

  /** Lets those that were told to fork do so. */
  fork(): void {
    for (const fork of this.#waiting.splice(0)) fork();
  }

  #startWorker(station: Station): StartSupervisor {
    return () => {
      const { promise, resolve } = Promise.withResolvers<number | undefined>();
      const [log, input, reply] = [new EventEmitter(), new PassThrough(), new PassThrough()];
      const end = (): void => {
        resolve(undefined);
        log.emit('end');
        reply.end();
      };
      this.finish.push(() => {
        end();
        this.events.onRest(station);
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
          this.discarded += 1;
          this.stations.delete(station);
          end();
          this.events.onGone(station);
        },
      };
    };
  }
}

/** A pool, and the servers that it has started. */
export function createPool(): { pool: ForkPool; servers: FakeServer[]; open: () => Promise<FakeServer> } {
  const servers: FakeServer[] = [];
  const pool = new ForkPool(command, limits, (_, events) => {
    const server = new FakeServer(events);
    servers.push(server);
    return server;
  });
  const open = async (): Promise<FakeServer> => {
    const warmed = pool.warmUp();
    const server = servers.at(-1);
    if (server === undefined) throw new Error('no server was started');
    server.ready();
    await warmed;
    return server;
  };
  return { pool, servers, open };
}
