import { describe, expect, test } from 'vitest';
import { openSharedKeys } from '../../../../src/gateway/target/open-shared-keys.ts';
import type { TargetKeys } from '../../../../src/sps/store/stored-sessions.ts';

function keyOf(name: string): Buffer {
  const type = Buffer.from('ssh-ed25519');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(type.length);
  return Buffer.concat([length, type, Buffer.from(name)]);
}

function keep(): TargetKeys {
  const kept = new Map<string, string>();
  return {
    find: (target) => Promise.resolve(kept.get(target)),
    learn(target, key) {
      if (!kept.has(target)) kept.set(target, key);
      return Promise.resolve(kept.get(target) ?? '');
    },
  };
}

describe('the keys of targets that hosts share', () => {
  test('are known to all once one has learnt them, and a change is refused by all', async () => {
    const keys = keep();
    const [one, other] = [openSharedKeys(keys, { acceptsNew: true }), openSharedKeys(keys, { acceptsNew: false })];
    expect(await one.typesOf('host', 22)).toEqual([]);
    expect(await other.judge('host', 22, keyOf('a'))).toEqual({ isTaken: false, known: false });
    expect(await one.judge('host', 22, keyOf('a'))).toEqual({ isTaken: true, known: false });
    expect(await other.judge('HOST', 22, keyOf('a'))).toEqual({ isTaken: true, known: true });
    expect(await other.typesOf('host', 22)).toEqual(['ssh-ed25519']);
    for (const each of [one, other])
      expect(await each.judge('host', 22, keyOf('b'))).toEqual({ isTaken: false, known: 'changed' });
    expect(await one.judge('host', 2200, keyOf('b'))).toEqual({ isTaken: true, known: false });
  });

  test('of two hosts that learn different ones at once, one is refused', async () => {
    const keys = keep();
    const hosts = [openSharedKeys(keys, { acceptsNew: true }), openSharedKeys(keys, { acceptsNew: true })];
    const verdicts = await Promise.all(hosts.map((each, index) => each.judge('host', 22, keyOf(String(index)))));
    expect(verdicts.map(({ known }) => known).sort()).toEqual(['changed', false]);
  });
});
