import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { sshSettings } from '../../../src/gateway/algorithms/ssh-settings.ts';
import { startRawBridge } from './raw-peers.ts';

const often = { keepaliveInterval: 100 };

test.each(['client', 'target'] as const)('a %s that no longer answers ends the session', async (side) => {
  const raw = await startRawBridge({}, often);
  await sleep(often.keepaliveInterval * 6); // both answer
  expect(raw[side].socket.destroyed).toBe(false);
  raw[side].socket.pause();
  expect(await raw.ended).toBe(side);
  await raw[side === 'client' ? 'target' : 'client'].closed;
  await raw.close();
});

test('both are asked every 30 seconds, and three times', () => {
  const asked = { keepaliveInterval: 30_000, keepaliveCountMax: 3 };
  expect([sshSettings.server, sshSettings.target]).toMatchObject([asked, asked]);
});
