import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MessageType } from '../../../src/gateway/channels/message-type.ts';
import { writeMessage } from '../../../src/gateway/channels/write-message.ts';
import { type RawBridge, startRawBridge } from './raw-peers.ts';

const { channelOpen, channelOpenConfirmation, channelWindowAdjust, channelData, channelRequest } = MessageType;
const window = 2 * 1024 * 1024;
const packet = 32 * 1024;
/** What the gateway may hold for a channel, in bytes. */
const mostHeld = 8 * 1024 * 1024;

let raw: RawBridge;
beforeEach(async () => {
  raw = await startRawBridge();
});
afterEach(async () => {
  await raw.close();
});

async function openSession(clientWindow: number): Promise<void> {
  raw.client.send(writeMessage(channelOpen, 'session', 7, clientWindow, packet));
  await raw.target.next(channelOpen);
  raw.target.send(writeMessage(channelOpenConfirmation, 7, 70, window, packet));
  await raw.client.next(channelOpenConfirmation);
}

test('a target does not get further ahead of a client that does not read than the gateway may hold', async () => {
  const total = 64 * 1024 * 1024;
  await openSession(0xffff_ffff);
  raw.client.socket.pause();
  let sent = 0;
  let credit = window;
  const send = (): void => {
    for (const adjust of raw.target.messages.splice(0)) {
      if (adjust[0] === channelWindowAdjust) credit += adjust.readUInt32BE(5);
    }
    for (; credit >= packet && sent < total; credit -= packet, sent += packet)
      raw.target.send(writeMessage(channelData, 7, randomBytes(packet)));
  };
  const settled = async (): Promise<void> => {
    for (let before = -1; before !== sent;) {
      before = sent;
      send();
      expect(raw.waiting().toClient).toBeLessThan(mostHeld);
      await sleep(200);
    }
  };
  await settled();
  expect(sent).toBeLessThan(total / 2);
  raw.client.socket.resume();
  await expect
    .poll(
      () => {
        send();
        return raw.client.messages.reduce((sum, message) => sum + message.readUInt32BE(5), 0);
      },
      { interval: 10 },
    )
    .toBe(total);
});

/** Waits until no more passes, and says what waits then. */
async function waitingAfter(): Promise<number> {
  const waiting = (): number => raw.waiting().toClient + raw.waiting().toTarget;
  await expect.poll(waiting).toBeGreaterThan(mostHeld / 4);
  for (let before = -1; before !== waiting();) {
    before = waiting();
    await sleep(200);
  }
  return waiting();
}

/** The numbers that messages have at a place, and how many of them there shall be. */
async function numbersOf(peer: 'client' | 'target', at: number, count: number): Promise<number[]> {
  raw[peer].socket.resume();
  await expect.poll(() => raw[peer].messages.length).toBe(count);
  return raw[peer].messages.map((message) => message.readUInt32BE(at));
}

const numbers = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);

test(
  'a hundred thousand window changes reach a target, however late it reads them',
  { tags: ['thorough'] },
  async () => {
    await openSession(window);
    raw.target.socket.pause();
    for (const number of numbers(0, 100_000))
      raw.client.send(writeMessage(channelRequest, 70, 'window-change', false, number, 1, 0, 0));
    expect(await waitingAfter()).toBeLessThan(mostHeld);
    expect(await numbersOf('target', 23, 100_000)).toEqual(numbers(0, 100_000));
  },
);

test('requests for a target that does not read wait with the client', async () => {
  await openSession(window);
  raw.target.socket.pause();
  const value = randomBytes(30_000);
  for (const number of numbers(0, 1000))
    raw.client.send(writeMessage(channelRequest, 70, 'env', false, `${number}`.padStart(4, '0'), value));
  expect(await waitingAfter()).toBeLessThan(mostHeld * 1.1);
  expect(raw.client.socket.writableLength).toBeGreaterThan(mostHeld);
  const arrived = await numbersOf('target', 17, 1000);
  expect(arrived).toHaveLength(1000);
});

test(
  'what a client is told waits, and with it the client, when that does not read',
  { tags: ['thorough'] },
  async () => {
    raw.client.socket.pause();
    const count = 200_000;
    for (const number of numbers(0, count))
      raw.client.send(writeMessage(channelOpen, 'session', number, window, packet));
    expect(await waitingAfter()).toBeLessThan(mostHeld * 1.1);
    expect(raw.bridge.openChannels).toBe(20);
    expect(await numbersOf('client', 1, count - 20)).toEqual(numbers(20, count));
  },
);
