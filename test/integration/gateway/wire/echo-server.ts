import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import ssh2 from 'ssh2';

export interface EchoServer {
  port: number;
  close: () => Promise<void>;
}

/** A server with a new key that takes one password; its commands say what they read. @param port Default: a free one */
export async function startEchoServer(password: string, port = 0): Promise<EchoServer> {
  const open = new Set<ssh2.Connection>();
  const hostKeys = [ssh2.utils.generateKeyPairSync('ed25519').private];
  const server = new ssh2.Server({ hostKeys }, (connection) => {
    open.add(connection);
    connection
      .on('error', () => undefined)
      .on('close', () => open.delete(connection))
      .on('authentication', (context) => {
        if (context.method === 'password' && context.password === password) context.accept();
        else context.reject(['password']);
      })
      .on('session', (accept) => {
        const session = accept();
        session.on('exec', (acceptExec) => {
          const stream = acceptExec();
          stream
            .on('error', () => undefined)
            .on('end', () => {
              stream.exit(0);
              stream.end();
            });
          stream.pipe(stream, { end: false });
        });
      });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      for (const connection of open) connection.end();
      server.close();
      await once(server, 'close');
    },
  };
}
