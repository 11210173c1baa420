import { hash } from 'node:crypto';

const alphabet = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const size = 64;
const rounds = 5000;

/**
 * The password hash of Linux with the prefix `$6$`, of 5,000 rounds, as a line of /etc/shadow holds it.
 * Source: "Unix crypt using SHA-256 and SHA-512", U. Drepper, version 0.6; the numbers are those of its steps.
 * @param salt 1 to 16 characters of `./0-9A-Za-z`
 */
export function sha512Crypt(password: string, salt: string): string {
  const key = Buffer.from(password);
  const seed = Buffer.from(salt);
  const alternate = digest(key, seed, key); // 4 to 8
  const first: Uint8Array[] = [key, seed, repeat(alternate, key.length)]; // 1 to 3, 9, 10
  for (let bits = key.length; bits > 0; bits >>= 1) first.push((bits & 1) === 1 ? alternate : key); // 11
  let sum = digest(...first); // 12
  const keys = repeat(digest(...Array.from(key, () => key)), key.length); // 13 to 16
  const seeds = repeat(digest(...Array.from({ length: 16 + (sum[0] ?? 0) }, () => seed)), seed.length); // 17 to 20
  for (let round = 0; round < rounds; round++) {
    const isOdd = round % 2 === 1;
    const parts: Uint8Array[] = [isOdd ? keys : sum]; // 21
    if (round % 3 !== 0) parts.push(seeds);
    if (round % 7 !== 0) parts.push(keys);
    parts.push(isOdd ? sum : keys);
    sum = digest(...parts);
  }
  return `$6$${salt}$${encode(sum)}`;
}

function digest(...parts: Uint8Array[]): Buffer {
  return hash('sha512', Buffer.concat(parts), 'buffer');
}

function repeat(bytes: Uint8Array, length: number): Buffer {
  return Buffer.alloc(length, bytes);
}

/** 22: triples whose places go round, and the last byte alone. */
function encode(sum: Buffer): string {
  let text = '';
  for (let index = 0; index < 21; index++) {
    const places = [index, index + 21, index + 42];
    const turned = [...places.slice(index % 3), ...places.slice(0, index % 3)];
    const [high = 0, middle = 0, low = 0] = turned.map((place) => sum[place] ?? 0);
    text += encodeBits((high << 16) | (middle << 8) | low, 4);
  }
  return text + encodeBits(sum[size - 1] ?? 0, 2);
}

function encodeBits(value: number, length: number): string {
  return Array.from({ length }, (_, index) => alphabet[(value >> (6 * index)) & 63]).join('');
}
