import { createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Something that listens on loopback. */
export interface Service {
  /** On 127.0.0.1. */
  port: number;
  /** Resolves when all that clients sent has been taken in, and all of them have gone. */
  settled(): Promise<void>;
  /** Ends when nothing of it is left. */
  close(): Promise<void>;
}

/** Nothing listens there on any usual machine, so connections are refused; a port that was free a moment ago may be another's now. */
const refusingPort = 1;

/** A client that does not end its connection is not waited for any longer. */
const longestWaitMs = 1000;
const turnsAfterwards = 3;

/** A service that is not there. */
export const refusingService: Service = {
  port: refusingPort,
  settled: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

/** Listens on a free port of loopback and hands each connection on. Small packets are sent at once: SSH waits for each, 40 ms otherwise. */
export async function serve(take: (socket: Socket) => void): Promise<Service> {
  const open = new Set<Socket>();
  const talking = new Set<Socket>();
  let wake = (): void => undefined;
  const hasSaidAll = (socket: Socket): void => {
    talking.delete(socket);
    if (talking.size === 0) wake();
  };
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    open.add(socket);
    talking.add(socket);
    socket.on('end', () => {
      hasSaidAll(socket);
    });
    socket.on('close', () => {
      open.delete(socket);
      hasSaidAll(socket);
    });
    socket.on('error', () => undefined); // a client may go as it likes
    take(socket);
  });
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  server.once('error', reject);
  server.listen(0, '127.0.0.1', () => {
    resolve(undefined);
  });
  await promise;
  return {
    port: (server.address() as AddressInfo).port,
    settled: async () => {
      if (talking.size > 0)
        await Promise.race([
          new Promise<void>((done) => (wake = done)),
          sleep(longestWaitMs, undefined, { ref: false }),
        ]);
      // What came last is still on its way through streams and promises.
      for (let turn = 0; turn < turnsAfterwards; turn++) await new Promise((done) => setImmediate(done));
    },
    close: () =>
      new Promise((done) => {
        server.close(() => {
          done();
        });
        for (const socket of open) socket.destroy();
      }),
  };
}
