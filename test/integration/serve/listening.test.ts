import { once } from 'node:events';
import { statSync } from 'node:fs';
import { connect as connectPlain, type Socket } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { connect as connectTls, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { expect, test } from 'vitest';
import { Served } from './served.ts';

const dayMs = 86_400_000;

function portOf(served: Served): number {
  return Number(new URL(served.server.url).port);
}

async function shakeHands(served: Served, options: ConnectionOptions): Promise<TLSSocket> {
  const ca = served.server.certificate?.cert ?? '';
  const socket = connectTls({ port: portOf(served), host: '127.0.0.1', ca, ...options });
  await once(socket, 'secureConnect');
  return socket;
}

test('the own certificate is for this machine, its key for its owner, and TLS is 1.2 or 1.3 with HTTP/1.1', async () => {
  await using served = await Served.start();
  const old = await shakeHands(served, { maxVersion: 'TLSv1.2', ALPNProtocols: ['h2', 'http/1.1'] });
  expect([old.getProtocol(), old.alpnProtocol]).toEqual(['TLSv1.2', 'http/1.1']);
  const { subjectaltname, valid_from: from, valid_to: to } = old.getPeerCertificate();
  expect(subjectaltname).toBe('DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1');
  expect((Date.parse(to) - Date.parse(from)) / dayMs).toBeLessThanOrEqual(825);
  old.destroy();
  const current = await shakeHands(served, { minVersion: 'TLSv1.3' });
  expect(current.getProtocol()).toBe('TLSv1.3');
  current.destroy();
  await expect(shakeHands(served, { minVersion: 'TLSv1', maxVersion: 'TLSv1.1' })).rejects.toThrow();
  expect(statSync(path.join(served.stateDir, 'serve/key.pem')).mode & 0o777).toBe(0o600);
});

test('a request under way is answered while the server ends, and its connection is closed', async () => {
  await using served = await Served.start({ isPlain: true });
  using client = await served.loggedIn();
  const socket = connectPlain(portOf(served), '127.0.0.1');
  const head = ['POST /api/transaction HTTP/1.1', 'Host: localhost', `Cookie: ${client.cookie ?? ''}`];
  socket.write(`${[...head, 'Content-Length: 2', 'Expect: 100-continue'].join('\r\n')}\r\n\r\n`);
  await once(socket, 'data'); // its body is waited for
  const closing = served.close();
  socket.write('{}');
  const answer = await text(socket);
  await closing;
  expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  expect(answer).toMatch(/^Connection: close\r$/im);
  expect(answer).toContain('"status":"open"'); // and dropped with the server
  await served.open();
  using later = await served.loggedIn();
  expect(await later.send('POST', '/api/transaction')).toMatchObject({ status: 200 });
});

test('above 512 connections new ones are closed', async () => {
  await using served = await Served.start({ isPlain: true });
  const sockets: Socket[] = [];
  for (let index = 0; index < 512; index++) {
    const socket = connectPlain(portOf(served), '127.0.0.1').on('error', () => undefined);
    await once(socket, 'connect');
    sockets.push(socket);
  }
  const surplus = connectPlain(portOf(served), '127.0.0.1').on('error', () => undefined);
  await once(surplus, 'close');
  for (const socket of sockets) socket.destroy();
});

test('a body that is announced as too long is refused before it comes', async () => {
  await using served = await Served.start({ isPlain: true, compat: 'current' });
  using client = await served.loggedIn();
  const socket = connectPlain(portOf(served), '127.0.0.1');
  const head = ['POST /api/configuration/policies/userlists HTTP/1.1', 'Host: localhost'];
  socket.write(`${[...head, `Cookie: ${client.cookie ?? ''}`, 'Content-Length: 1048577'].join('\r\n')}\r\n\r\n`);
  const answer = await text(socket);
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  expect(answer).toContain('PayloadTooLarge');
});
