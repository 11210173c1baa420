import { createServer, type AddressInfo, type Socket } from 'node:net';

/** Something that listens on loopback. */
export interface Service {
  /** On 127.0.0.1. */
  port: number;
  /** Ends when nothing of it is left. */
  close(): Promise<void>;
}

/** Nothing listens there on any usual machine, so connections are refused; a port that was free a moment ago may be another's now. */
const refusingPort = 1;

/** A service that is not there. */
export const refusingService: Service = { port: refusingPort, close: () => Promise.resolve() };

/** Listens on a free port of loopback and hands each connection on. Small packets are sent at once: SSH waits for each, 40 ms otherwise. */
export async function serve(take: (socket: Socket) => void): Promise<Service> {
  const open = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
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
    close: () =>
      new Promise((done) => {
        server.close(() => {
          done();
        });
        for (const socket of open) socket.destroy();
      }),
  };
}
