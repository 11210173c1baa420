import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** What becomes of a connection once so many bytes have passed in one direction. */
export interface Harm {
  direction: 'toServer' | 'toClient';
  at: number;
  /** Closed, reset, one byte changed, a random part in between, or nothing more in this direction. */
  how: 'close' | 'reset' | 'flip' | 'insert' | 'stall';
}

export interface HarmingProxy {
  port: number;
  /** Each of the next connections takes the first one; without one it passes as it is. */
  harms: Harm[];
  /** Bytes of the last connection that began. */
  passed: Record<Harm['direction'], number>;
  close: () => Promise<void>;
}

/** Passes everything to a port of this machine, and harms it on the way. */
export async function startHarmingProxy(target: number): Promise<HarmingProxy> {
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1');
    const passed = { toServer: 0, toClient: 0 };
    proxy.passed = passed;
    const harm = proxy.harms.shift();
    const ends = [client, upstream];
    for (const socket of ends) {
      open.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        open.delete(socket);
        for (const each of ends) each.destroy();
      });
    }
    const pass = (from: Socket, to: Socket, direction: Harm['direction']): void => {
      from.on('data', (chunk: Buffer) => {
        const begun = passed[direction];
        passed[direction] += chunk.length;
        const at = harm?.direction === direction ? harm.at - begun : Infinity;
        if (harm === undefined || at > chunk.length) to.write(chunk);
        else if (at >= 0) doHarm(harm.how, chunk, at, to, ends);
        else if (harm.how !== 'stall') to.write(chunk);
      });
      from.on('end', () => to.end());
    };
    pass(client, upstream, 'toServer');
    pass(upstream, client, 'toClient');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const proxy: HarmingProxy = {
    port: (server.address() as AddressInfo).port,
    harms: [],
    passed: { toServer: 0, toClient: 0 },
    close: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return proxy;
}

function doHarm(how: Harm['how'], chunk: Buffer, at: number, to: Socket, ends: readonly Socket[]): void {
  const [before, after] = [chunk.subarray(0, at), chunk.subarray(at)];
  if (how === 'flip') {
    const changed = Buffer.from(chunk);
    if (at < changed.length) changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
    to.write(changed);
    return;
  }
  to.write(before);
  if (how === 'insert') to.write(Buffer.concat([Buffer.from('\u0000\u00ff\u0080odd'), after]));
  else if (how === 'reset') for (const socket of ends) socket.resetAndDestroy();
  else if (how === 'close') for (const socket of ends) socket.end();
}
