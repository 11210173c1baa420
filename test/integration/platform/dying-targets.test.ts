import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openScript } from '../../../src/platform/run/open-script.ts';
import type { RunResult } from '../../../src/platform/run/run-result.ts';
import { makeTemporaryFolder } from '../../../src/process/folders/make-temporary-folder.ts';

/** What a server does with a connection, on the first data that comes or at once. */
type Death = (socket: Socket) => void;

async function listen(onConnection: Death): Promise<{ port: number; count: () => Promise<number> }> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined).on('data', () => undefined);
    onConnection(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
  });
  const count = (): Promise<number> =>
    new Promise((resolve) => {
      server.getConnections((_error, open) => {
        resolve(open);
      });
    });
  return { port: (server.address() as AddressInfo).port, count };
}

async function run(steps: readonly object[]): Promise<RunResult> {
  const folder = makeTemporaryFolder();
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const file = path.join(folder, 'script.json');
  writeFileSync(file, JSON.stringify({ Id: 'Test', BackEnd: 'Scriptable', CheckSystem: { Do: steps } }));
  return (await openScript(file)).run('CheckSystem', { quietMs: 50, maxRunMs: 30_000 });
}

const yes = { Return: { Value: true } };
const caught = (steps: readonly object[]): object[] => [
  { Try: { Do: steps, Catch: [{ Log: { Text: '%Exception%' } }] } },
  yes,
];

const request = (scheme: string) => (port: number) => [
  { NewHttpRequest: { ObjectName: 'R' } },
  { Request: { RequestObjectName: 'R', ResponseObjectName: 'A', Verb: 'GET', Url: `${scheme}://127.0.0.1:${port}/` } },
];
const connect = (type: string, port: number, more: object = {}): object => ({
  Connect: {
    ConnectionObjectName: 'C',
    Type: type,
    NetworkAddress: '127.0.0.1',
    Port: port,
    Login: 'svc',
    CheckHostKey: false,
    ...more,
  },
});
const receive = { Receive: { ConnectionObjectName: 'C', BufferName: 'B', ExpectRegex: 'never' } };
const telnet =
  (...steps: object[]) =>
  (port: number) => [connect('Telnet', port), ...steps];

const after =
  (text: string, death: Death): Death =>
  (socket) => {
    socket.once('data', () => {
      socket.write(text, () => {
        death(socket);
      });
    });
  };
const end: Death = (socket) => socket.end();
const reset: Death = (socket) => socket.resetAndDestroy();
const head = 'HTTP/1.1 200 OK\r\n';

test.each<[string, (port: number) => object[], Death, string]>([
  ['HTTP, before an answer', request('http'), after('', reset), 'TARGET_CLOSED'],
  ['HTTP, in the headers', request('http'), after(`${head}Content-Le`, end), 'TARGET_CLOSED'],
  ['HTTP, in the headers, reset', request('http'), after(`${head}Content-Le`, reset), 'TARGET_CLOSED'],
  [
    'HTTP, in a body of known length',
    request('http'),
    after(`${head}Content-Length: 9\r\n\r\nhalf`, end),
    'TARGET_CLOSED',
  ],
  [
    'HTTP, in a body of chunks',
    request('http'),
    after(`${head}Transfer-Encoding: chunked\r\n\r\n9\r\nhalf`, reset),
    'TARGET_CLOSED',
  ],
  ['HTTPS, in the handshake', request('https'), after('', end), 'TARGET_UNREACHABLE'],
  ['Telnet, that somebody waits for', telnet(receive), (socket) => setTimeout(() => socket.end(), 50), 'TARGET_CLOSED'],
  ['Telnet, reset', telnet(receive), (socket) => setTimeout(() => socket.resetAndDestroy(), 50), 'TARGET_CLOSED'],
  [
    'Telnet, that something is sent to',
    telnet(
      { Receive: { ConnectionObjectName: 'C', BufferName: 'B', ExpectRegex: 'never' } },
      { Send: { ConnectionObjectName: 'C', Buffer: 'hello' } },
    ),
    (socket) => socket.end('bye'),
    'TARGET_CLOSED',
  ],
  ['SSH, in its greeting', (port) => [connect('Ssh', port)], (socket) => socket.end('SSH-2.0-Open'), 'TARGET_CLOSED'],
  ['SSH, in the key exchange', (port) => [connect('Ssh', port)], after('SSH-2.0-Demo\r\n', end), 'TARGET_CLOSED'],
  ['SSH, that never begins', (port) => [connect('Ssh', port, { Timeout: 0.3 })], () => undefined, 'TARGET_TIMEOUT'],
  [
    'SSH, that never shows its key',
    (port) => [
      { DiscoverSshHostKey: { HostKeyVariableName: 'K', NetworkAddress: '127.0.0.1', Port: port, Timeout: 0.3 } },
    ],
    after('SSH-2.0-Demo\r\n', () => undefined),
    'TARGET_TIMEOUT',
  ],
])('a target that dies: %s', async (_, steps, death, code) => {
  const { port, count } = await listen(death);
  const { error, outcome } = await run([...steps(port), yes]);
  expect({ outcome, code: error?.code }).toEqual({ outcome: 'error', code });
  const tried = await run(caught(steps(port)));
  expect(tried).toMatchObject({ outcome: 'success', log: [{ text: error?.message }] });
  await expect.poll(count).toBe(0);
});
