import { keyTypeOf } from '../../crypt/key-type-of.ts';
import type { TargetKeys } from '../../sps/store/stored-sessions.ts';
import { knownName } from './find-known-keys.ts';
import type { TrustedKeys } from './trusted-keys.ts';

/** The keys that several hosts share: what one has learnt all others know. Each target has one. */
export function openSharedKeys(keys: TargetKeys, { acceptsNew }: { acceptsNew: boolean }): TrustedKeys {
  const textOf = (key: Buffer): string => `${keyTypeOf(key)} ${key.toString('base64')}`;
  return {
    async typesOf(host, port) {
      const known = await keys.find(knownName(host, port));
      return known === undefined ? [] : [known.split(' ', 1)[0] ?? ''];
    },
    async judge(host, port, key) {
      const name = knownName(host, port);
      const known = await keys.find(name);
      if (known === textOf(key)) return { isTaken: true, known: true };
      if (known !== undefined) return { isTaken: false, known: 'changed' };
      if (!acceptsNew) return { isTaken: false, known: false };
      // Another host may be faster, with another key.
      const kept = await keys.learn(name, textOf(key));
      return kept === textOf(key) ? { isTaken: true, known: false } : { isTaken: false, known: 'changed' };
    },
  };
}
