import type { AddressInfo, Server } from 'node:net';
import { PluginHostError } from '../base/plugin-host-error.ts';

export interface ListenAddress {
  host: string;
  /** 0: any free one. */
  port: number;
  /** Of the command line, with which another port can be given. */
  option: string;
}

/** Resolves to the port once the server accepts connections. @throws PluginHostError PORT_IN_USE */
export async function listenOn(server: Server, { host, port, option }: ListenAddress): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const onError = (cause: NodeJS.ErrnoException): void => {
    if (cause.code !== 'EADDRINUSE' && cause.code !== 'EACCES') {
      reject(cause);
      return;
    }
    const what = cause.code === 'EACCES' ? 'may not be opened' : 'is in use';
    const hint = `Give another one with ${option}, or 0 for any free one.`;
    reject(new PluginHostError('PORT_IN_USE', `port ${port} of ${host} ${what}`, { hint, cause }));
  };
  server.once('error', onError);
  server.listen({ port, host }, () => {
    server.off('error', onError);
    resolve((server.address() as AddressInfo).port);
  });
  return promise;
}
