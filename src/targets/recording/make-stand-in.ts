import { randomInt } from 'node:crypto';
import { readHostKey } from '../ssh/read-host-key.ts';

const letters = 'abcdefghijkmnpqrstuvwxyz';
const capitals = letters.toUpperCase();
const digits = '23456789';

/** Lengths that a made-up text may have: that of the class of the real one, whose length is not told. */
const classes = [3, 8, 16, 32, 64, 128, 256, 512, 1024, 4096];
/** More digits are no number of JSON any more. */
const mostDigits = 15;

/**
 * A made-up text in the place of a secret: letters and digits, so that no spelling changes it; of a number digits, of a private key a key.
 * @param isFree Whether it stands nowhere else
 */
export function makeStandIn(secret: string, isFree: (text: string) => boolean): string {
  if (secret.includes('PRIVATE KEY-----')) return readHostKey('ssh-ed25519', '.').privateKey;
  const length = classes.find((each) => each >= secret.length) ?? secret.length;
  const isNumber = /^[1-9]\d*$/.test(secret) && secret.length <= mostDigits;
  for (;;) {
    const made = isNumber ? pickAll(digits, Math.min(length, mostDigits)) : makeWord(length);
    if (isFree(made)) return made;
  }
}

/** Has a small letter, a capital and a digit, as rules for passwords ask. */
function makeWord(length: number): string {
  const rest = pickAll(letters + capitals + digits, length - 3);
  return `${pickAll(letters, 1)}${pickAll(capitals, 1)}${rest}${pickAll(digits, 1)}`;
}

function pickAll(from: string, count: number): string {
  return Array.from({ length: Math.max(0, count) }, () => from[randomInt(from.length)] ?? '').join('');
}
