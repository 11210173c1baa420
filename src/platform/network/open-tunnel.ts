import type { Socket } from 'node:net';
import { NetworkError } from './network-error.ts';
import type { Proxy } from './network.ts';

const longestHead = 64 * 1024;

/** Has a proxy connect to a host. Source: RFC 9110, CONNECT. @throws NetworkError TARGET_UNREACHABLE */
export function openTunnel(socket: Socket, host: string, port: number, { user, password }: Proxy): Promise<void> {
  const target = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const credentials = user === undefined ? '' : Buffer.from(`${user}:${password ?? ''}`).toString('base64');
  const lines = [
    `CONNECT ${target} HTTP/1.1`,
    `Host: ${target}`,
    ...(user === undefined ? [] : [`Proxy-Authorization: Basic ${credentials}`]),
  ];
  return new Promise((resolve, reject) => {
    let head = Buffer.alloc(0);
    const finish = (error?: NetworkError): void => {
      socket.off('data', onData).off('close', onClose).off('error', onError);
      socket.pause();
      if (error === undefined) resolve();
      else reject(error);
    };
    const refuse = (what: string): void => {
      finish(new NetworkError('TARGET_UNREACHABLE', `the proxy did not connect to ${target}: ${what}`));
    };
    const onData = (data: Buffer): void => {
      head = Buffer.concat([head, data]);
      const end = head.indexOf('\r\n\r\n');
      if (end === -1) {
        if (head.length > longestHead) refuse('its answer does not end');
        return;
      }
      const [status = ''] = head.toString('latin1').split('\r\n');
      if (!/^HTTP\/1\.[01] 2\d\d/.test(status)) {
        refuse(status);
        return;
      }
      if (head.length > end + 4) socket.unshift(head.subarray(end + 4));
      finish();
    };
    const onClose = (): void => {
      refuse('it closed the connection');
    };
    const onError = (error: Error): void => {
      refuse(error.message);
    };
    socket.on('data', onData).once('close', onClose).once('error', onError);
    socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  });
}
