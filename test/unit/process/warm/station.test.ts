import type { Socket } from 'node:net';
import { duplexPair, PassThrough } from 'node:stream';
import { describe, expect, test, vi } from 'vitest';
import type { StartSupervisor } from '../../../../src/process/connect-supervisor.ts';
import { RequestProcess } from '../../../../src/process/request-process.ts';
import { Station } from '../../../../src/process/warm/station.ts';

const turn = () => new Promise(setImmediate);
const asSocket = (stream: object) => Object.assign(stream, { ref: vi.fn(), unref: vi.fn() }) as unknown as Socket;

/** A station whose other side is `control`; `connect` opens the channel of the worker that it was told to fork. */
function createStation(closed?: Promise<undefined>) {
  const [hostSide, control] = duplexPair();
  const connections: ((socket: Socket) => void)[] = [];
  const workers: StartSupervisor[] = [];
  let orders = '';
  control.on('data', (bytes: Buffer) => (orders += bytes.toString()));
  const onRest = vi.fn();
  const onGone = vi.fn();
  const endOrphans = vi.fn(() => Promise.resolve(['orphan']));
  const station = new Station(
    asSocket(hostSide),
    {
      name: 'python',
      temporary: '/nowhere',
      expect: (onConnection) => {
        connections.push(onConnection);
        return 't'.repeat(32);
      },
      endOrphans,
      closed: () => closed,
    },
    { onRest, onGone, onWorker: (start) => workers.push(start) },
  );
  const connect = (): PassThrough => {
    const work = new PassThrough();
    connections.shift()?.(asSocket(work));
    return work;
  };
  const take = (): RequestProcess => {
    const start = workers.shift();
    if (start === undefined) throw new Error('no worker has come');
    return new RequestProcess(start, { replyLimitBytes: 1000, replyTotal: 1000, logLimitBytes: 1000 });
  };
  return { station, control, connect, take, onRest, onGone, endOrphans, orders: () => orders };
}

describe('a station', () => {
  test('rests from its first word on, forks when it is told to, and rests again after each worker', async () => {
    const { station, control, connect, take, onRest, orders } = createStation();
    control.write('resting 42\n');
    await turn();
    expect(onRest).toHaveBeenCalledExactlyOnceWith(station);
    for (let call = 1; call <= 2; call += 1) {
      station.fork();
      await turn();
      expect(orders()).toBe(`n${'t'.repeat(32)}`.repeat(call));
      control.write('started 0\n'); // its words may come before the channel of the worker
      await turn();
      connect();
      const running = take().run({ input: 'reply\n', allowedMs: 60_000, isLast: (line) => line === 'reply' });
      await turn();
      control.write('log 4\none\nlog 4\ntwo\nexited 0\ngone 8\nresting 42\n');
      expect(await running).toMatchObject({ isReplied: true, exitCode: 0 });
      expect(onRest).toHaveBeenCalledTimes(call + 1);
    }
  });

  test('tells the log among its words, whatever is in it and however it is cut', async () => {
    const { station, control, connect, take } = createStation();
    control.write('resting 42\n');
    await turn();
    station.fork();
    connect();
    const worker = take();
    const running = worker.run({ input: 'reply\n', allowedMs: 60_000, isLast: (line) => line === 'reply' });
    for (const part of ['started 0\nlog 2', '0\ngone 0\nkilled ', '9\nxyz\nexited 0\ngone 20\n']) {
      control.write(part);
      await turn();
    }
    expect(await running).toMatchObject({ exitCode: 0, signal: undefined });
    expect(worker.log.collect((text) => text).lines.map(({ text }) => text)).toEqual(['gone 0', 'killed 9', 'xyz']);
  });

  test('that ends at work was killed; what it left is ended by the supervisor of its server', async () => {
    const { station, control, connect, take, onGone, endOrphans } = createStation();
    control.write('resting 42\n');
    await turn();
    station.fork();
    connect();
    const running = take().run({ input: 'begun\n', allowedMs: 60_000, isLast: () => false });
    control.end('started 0\n');
    expect(await running).toMatchObject({ signal: 'SIGKILL', left: ['orphan'], isReplied: false });
    expect(onGone).toHaveBeenCalledExactlyOnceWith(station);
    expect(endOrphans).toHaveBeenCalledExactlyOnceWith(42);
  });

  test('that ends because its server is closed has left nothing once that is closed', async () => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const { station, control, connect, take, endOrphans } = createStation(promise);
    control.write('resting 42\n');
    await turn();
    station.fork();
    connect();
    let isOver = false;
    const running = take().run({ input: 'begun\n', allowedMs: 60_000, isLast: () => false });
    void running.then(() => (isOver = true));
    control.end('started 0\n');
    await turn();
    expect(isOver).toBe(false);
    resolve(undefined);
    expect(await running).toMatchObject({ signal: 'SIGKILL', left: [] });
    expect(endOrphans).not.toHaveBeenCalled();
  });
});
