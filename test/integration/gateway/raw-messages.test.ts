import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { BridgeOptions } from '../../../src/gateway/channels/bridge-channels.ts';
import { MessageType } from '../../../src/gateway/channels/message-type.ts';
import { writeMessage } from '../../../src/gateway/channels/write-message.ts';
import { type RawBridge, startRawBridge } from './raw-peers.ts';

const {
  globalRequest,
  channelOpen,
  channelOpenConfirmation,
  channelOpenFailure,
  channelWindowAdjust,
  channelData,
  channelExtendedData,
  channelEof,
  channelClose,
  channelRequest,
  channelSuccess,
  channelFailure,
} = MessageType;
const window = 2 * 1024 * 1024;
const packet = 32 * 1024;

let raw: RawBridge;
let isShared = false;
afterEach(async () => {
  if (!isShared) await raw.close();
});

/** All tests of a group use one channel. */
function shareSession(): void {
  beforeAll(async () => {
    await start();
    await openSession();
    isShared = true;
  });
  afterAll(async () => {
    isShared = false;
    await raw.close();
  });
}

const start = async (options?: Partial<BridgeOptions>): Promise<void> => {
  raw = await startRawBridge(options);
};

/** Opens a session that has number 7 at the client, and 70 at the target. */
async function openSession(clientWindow = window, targetWindow = window): Promise<void> {
  raw.client.send(writeMessage(channelOpen, 'session', 7, clientWindow, packet));
  await raw.target.next(channelOpen);
  raw.target.send(writeMessage(channelOpenConfirmation, 7, 70, targetWindow, packet));
  await raw.client.next(channelOpenConfirmation);
}

const request = (
  recipient: number,
  name: string,
  reply: boolean,
  ...fields: (number | boolean | string | Buffer)[]
): Buffer => writeMessage(channelRequest, recipient, name, reply, ...fields);

describe('what the client says of a session reaches the target byte for byte', () => {
  shareSession();
  const modes = Buffer.concat([Buffer.of(42, 0, 0, 0, 1, 159, 1, 2, 3, 4), randomBytes(20), Buffer.of(0)]);
  test.each([
    [
      'a terminal with modes that nobody knows',
      request(70, 'pty-req', true, 'xterm-256color', 120, 40, 960, 800, modes),
    ],
    ['a variable that is no text', request(70, 'env', false, 'LC_X', Buffer.of(0xff, 0, 0xfe))],
    ['a command of 30,000 bytes that are no text', request(70, 'exec', true, randomBytes(30_000))],
    ['a shell', request(70, 'shell', true)],
    ['a subsystem', request(70, 'subsystem', true, 'netconf')],
    ['a window change', request(70, 'window-change', false, 1, 2, 3, 4)],
    ['a signal that nobody knows', request(70, 'signal', false, 'INFO@openbsd.org')],
    ['a break', request(70, 'break', true, 500)],
    ['data', writeMessage(channelData, 70, randomBytes(packet))],
    ['data of another stream', writeMessage(channelExtendedData, 70, 5, randomBytes(100))],
    ['the end of its input', writeMessage(channelEof, 70)],
    ['an answer', writeMessage(channelSuccess, 70)],
    ['the end of the channel', writeMessage(channelClose, 70)],
  ])('%s', async (_, message) => {
    raw.client.send(message);
    expect(await raw.target.next(message[0] ?? 0)).toEqual(message);
  });
});

describe('what the target says of a session reaches the client byte for byte', () => {
  shareSession();
  test.each([
    ['an exit status', request(7, 'exit-status', false, 4_000_000_000)],
    ['a signal that nobody knows, with a core', request(7, 'exit-signal', false, 'ODD@example', true, 'fell', 'en')],
    ['output', writeMessage(channelData, 7, randomBytes(packet))],
    ['errors', writeMessage(channelExtendedData, 7, 1, randomBytes(100))],
    ['a request that wants an answer', request(7, 'odd@openssh.com', true)],
    ['the end of its output', writeMessage(channelEof, 7)],
    ['a refusal', writeMessage(channelFailure, 7)],
    ['the end of the channel', writeMessage(channelClose, 7)],
  ])('%s', async (_, message) => {
    raw.target.send(message);
    expect(await raw.client.next(message[0] ?? 0)).toEqual(message);
  });
});

test('facts of a channel are told when both sides have closed it', async () => {
  await start();
  await openSession();
  raw.client.send(request(70, 'pty-req', true, 'vt100', 80, 24, 0, 0, ''));
  raw.client.send(request(70, 'pty-req', true, 'xterm', 90, 30, 0, 0, ''));
  raw.client.send(request(70, 'exec', true, 'login hunter22'));
  raw.client.send(writeMessage(channelData, 70, 'hello'));
  await raw.target.next(channelData);
  raw.target.send(writeMessage(channelData, 7, 'out'));
  raw.target.send(writeMessage(channelExtendedData, 7, 1, 'err!'));
  raw.target.send(request(7, 'exit-signal', false, 'TERM', false, '', ''));
  raw.target.send(writeMessage(channelClose, 7));
  await raw.client.next(channelClose);
  expect([raw.facts, raw.bridge.openChannels]).toEqual([[], 1]);
  raw.client.send(writeMessage(channelClose, 70));
  await raw.target.next(channelClose);
  expect(raw.bridge.openChannels).toBe(0);
  expect(raw.facts).toEqual([
    {
      n: 1,
      type: 'exec',
      command: 'login ***',
      pty: { term: 'vt100', columns: 80, rows: 24 },
      exitStatus: null,
      signal: 'SIGTERM',
      bytesIn: 5,
      bytesOut: 7,
      recording: null,
    },
  ]);
});

test.each(['x11-req', 'auth-agent-req@openssh.com', 'unknown@example.com'])(
  'a request of %s is refused by the target, in its turn, and it does not see what was asked for',
  async (name) => {
    await start();
    await openSession();
    raw.client.send(request(70, name, false, 'secret'));
    raw.client.send(request(70, name, true, 'secret'));
    expect(await raw.target.next(channelRequest)).toEqual(request(70, 'refused@plugin-host', true));
  },
);

test('what one side asks of the other as a whole is refused here', async () => {
  await start();
  for (const peer of [raw.client, raw.target]) {
    peer.send(writeMessage(globalRequest, 'tcpip-forward', true, '', 8080));
    peer.send(writeMessage(globalRequest, 'hostkeys-00@openssh.com', false, randomBytes(20)));
  }
  await openSession();
  expect([raw.client.messages, raw.target.messages]).toEqual([[], []]);
});

const prohibited = (recipient: number, reason = 1): Buffer =>
  writeMessage(channelOpenFailure, recipient, reason, 'the gateway does not allow this', '');

test.each([
  ['a Unix socket', writeMessage(channelOpen, 'direct-streamlocal@openssh.com', 7, window, packet, '/run/x', '', 0), 1],
  ['a tunnel', writeMessage(channelOpen, 'tun@openssh.com', 7, window, packet, 1, 0), 1],
  ['what nobody knows', writeMessage(channelOpen, 'odd@example.com', 7, window, packet), 3],
])('a channel to %s is refused', async (_, message, reason) => {
  await start({ mayForward: () => true });
  raw.client.send(message);
  expect(await raw.client.next(channelOpenFailure)).toEqual(prohibited(7, reason));
  expect(raw.target.messages).toEqual([]);
});

test('a target cannot open a channel', async () => {
  await start();
  raw.target.send(writeMessage(channelOpen, 'forwarded-tcpip', 5, window, packet, 'h', 1, 'o', 2));
  expect(await raw.target.next(channelOpenFailure)).toEqual(prohibited(5));
});

test('after a client has said that it wants no more sessions it gets none', async () => {
  await start();
  await openSession();
  raw.client.send(writeMessage(globalRequest, 'no-more-sessions@openssh.com', false));
  raw.client.send(writeMessage(channelOpen, 'session', 8, window, packet));
  expect(await raw.client.next(channelOpenFailure)).toEqual(prohibited(8, 4));
});

describe('a window', () => {
  test('is passed on as it is, and of a large one only a part, with packets that can be read', async () => {
    await start();
    raw.client.send(writeMessage(channelOpen, 'session', 7, 0xffff_ffff, 0xffff_ffff));
    const opened = await raw.target.next(channelOpen);
    expect(opened).toEqual(writeMessage(channelOpen, 'session', 7, window, packet));
    raw.target.send(writeMessage(channelOpenConfirmation, 7, 70, 100, 50));
    expect(await raw.client.next(channelOpenConfirmation)).toEqual(
      writeMessage(channelOpenConfirmation, 7, 70, 100, 50),
    );
    raw.client.send(writeMessage(channelData, 70, 'x'.repeat(100)));
    await raw.target.next(channelData);
    raw.target.send(writeMessage(channelWindowAdjust, 7, 60));
    expect(await raw.client.next(channelWindowAdjust)).toEqual(writeMessage(channelWindowAdjust, 7, 60));
  });

  test('is given again from what was kept of it', async () => {
    await start();
    await openSession(0xffff_ffff);
    for (let sent = 0; sent <= window / 2; sent += packet)
      raw.target.send(writeMessage(channelData, 7, randomBytes(packet)));
    const adjust = await raw.target.next(channelWindowAdjust);
    expect(adjust.readUInt32BE(5)).toBeGreaterThanOrEqual(window / 2);
  });

  test('that is not kept to ends the connection of who sent too much', async () => {
    await start();
    await openSession(window, 10);
    raw.client.send(writeMessage(channelData, 70, 'x'.repeat(11)));
    await raw.client.closed;
    expect(await raw.ended).toBe('client');
  });
});

test.each([
  ['has no end', writeMessage(channelData, 70).subarray(0, 3)],
  ['is shorter than it says', Buffer.concat([writeMessage(channelData, 70), Buffer.of(0, 0, 1, 0, 1)])],
  ['opens what is open', writeMessage(channelOpen, 'session', 7, window, packet)],
])('a message that %s ends the connection', async (_, message) => {
  await start();
  await openSession();
  raw.client.send(request(70, 'shell', true));
  raw.client.send(message);
  await raw.client.closed;
  expect(await raw.ended).toBe('client');
  expect(raw.facts).toMatchObject([{ type: 'shell', exitStatus: null, signal: null }]);
  await raw.target.closed;
});

test('messages for channels that are not open are dropped', async () => {
  await start();
  raw.client.send(writeMessage(channelData, 70, 'x'));
  raw.target.send(writeMessage(channelOpenConfirmation, 7, 70, window, packet));
  raw.target.send(writeMessage(channelData, 7, 'x'));
  raw.target.send(writeMessage(channelOpen, 'odd', 5, window, packet));
  await raw.target.next(channelOpenFailure); // until here all was read
  await openSession();
  raw.target.send(writeMessage(channelOpenConfirmation, 7, 71, window, packet));
  raw.target.send(writeMessage(channelData, 7, 'y'));
  expect(await raw.client.next(channelData)).toEqual(writeMessage(channelData, 7, 'y'));
  expect(raw.target.messages).toEqual([]);
});

test('twenty channels are open at once, and no more', async () => {
  await start({ mayForward: () => true });
  for (let id = 0; id < 21; id++) raw.client.send(writeMessage(channelOpen, 'session', id, window, packet));
  expect(await raw.client.next(channelOpenFailure)).toEqual(prohibited(20, 4));
  expect(raw.bridge.openChannels).toBe(20);
  raw.client.send(writeMessage(channelOpen, 'direct-tcpip', 21, window, packet, '::1', 80, 'o', 1));
  await raw.client.next(channelOpenFailure);
  expect(raw.facts).toMatchObject([{ n: 22, type: 'forward', command: '[::1]:80', refused: true }]);
});

test('a target that dies closes all channels, and the connection', async () => {
  await start();
  await openSession();
  raw.client.send(request(70, 'shell', true));
  await raw.target.next(channelRequest);
  raw.target.socket.destroy();
  expect(await raw.client.next(channelClose)).toEqual(writeMessage(channelClose, 7));
  await raw.client.closed;
  expect(await raw.ended).toBe('target');
  expect(raw.facts).toMatchObject([{ type: 'shell', exitStatus: null }]);
});
