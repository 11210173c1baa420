import { createHash } from 'node:crypto';
import { encodeTriple } from './encode-triple.ts';
import { finishAtOnce, type Slices } from './slices.ts';

interface Kind {
  prefix: '$5$' | '$6$';
  hash: 'sha256' | 'sha512';
  size: number;
  /** Bytes of each four letters. */
  order: readonly (readonly [number, number, number])[];
  /** Of the last letters: -1 stands for no byte. */
  last: { bytes: readonly [number, number, number]; count: number };
}

const kinds: Record<'5' | '6', Kind> = {
  '5': {
    prefix: '$5$',
    hash: 'sha256',
    size: 32,
    order: turned(10, [0, 10, 20], [21, 1, 11]),
    last: { bytes: [-1, 31, 30], count: 3 },
  },
  '6': {
    prefix: '$6$',
    hash: 'sha512',
    size: 64,
    order: turned(21, [0, 21, 42], [22, 43, 1]),
    last: { bytes: [-1, -1, 63], count: 2 },
  },
};

/** Each row is the one before, one further; every time the three bytes change places in the same way. */
function turned(count: number, first: readonly number[], second: readonly number[]): [number, number, number][] {
  const rows: [number, number, number][] = [];
  const places = second.map((byte) => first.findIndex((each) => each + 1 === byte));
  let row = [...first];
  for (let index = 0; index < count; index++) {
    rows.push([row[0] ?? 0, row[1] ?? 0, row[2] ?? 0]);
    row = places.map((place) => (row[place] ?? 0) + 1);
  }
  return rows;
}

const defaultRounds = 5000;
const [fewest, most] = [1000, 999_999_999];

/** Some milliseconds. */
const roundsOfSlice = 1000;

/** `$5$…` and `$6$…`. Source: Ulrich Drepper, "Unix crypt using SHA-256 and SHA-512". @param setting A whole hash, or what stands before it */
export function shaCrypt(password: string, setting: string): string | undefined {
  return finishAtOnce(shaCryptInSlices(password, setting));
}

/** The same; a setting may ask for rounds that take an hour. */
export function* shaCryptInSlices(password: string, setting: string): Slices<string | undefined> {
  const found = /^\$([56])\$(?:rounds=(\d{1,9})\$)?([^$]{0,16})/.exec(setting);
  if (found === null) return undefined;
  const [, digit, given, saltText = ''] = found;
  const kind = kinds[digit === '5' ? '5' : '6'];
  const rounds = given === undefined ? defaultRounds : Math.min(most, Math.max(fewest, Number(given)));
  const final = yield* compute(kind, Buffer.from(password), Buffer.from(saltText), rounds);
  const at = (index: number): number => (index < 0 ? 0 : (final[index] ?? 0));
  const letters = kind.order.map(([a, b, c]) => encodeTriple(at(a), at(b), at(c), 4)).join('');
  const [a, b, c] = kind.last.bytes;
  const shownRounds = given === undefined ? '' : `rounds=${rounds}$`;
  return `${kind.prefix}${shownRounds}${saltText}$${letters}${encodeTriple(at(a), at(b), at(c), kind.last.count)}`;
}

function* compute({ hash, size }: Kind, key: Buffer, salt: Buffer, rounds: number): Slices<Buffer> {
  const digest = (...parts: readonly Buffer[]): Buffer => {
    const made = createHash(hash);
    for (const part of parts) made.update(part);
    return made.digest();
  };
  const inner = digest(key, salt, key);
  const parts = [key, salt, repeat(inner, key.length)];
  for (let bits = key.length; bits > 0; bits >>= 1) parts.push((bits & 1) === 1 ? inner : key);
  let final = digest(...parts);
  const keyBytes = repeat(digest(...Array.from(key, () => key)), key.length);
  const saltBytes = repeat(digest(...Array.from({ length: 16 + (final[0] ?? 0) }, () => salt)), salt.length);
  for (let round = 0; round < rounds; round++) {
    if (round % roundsOfSlice === roundsOfSlice - 1) yield;
    const isOdd = round % 2 === 1;
    final = digest(
      isOdd ? keyBytes : final,
      ...(round % 3 === 0 ? [] : [saltBytes]),
      ...(round % 7 === 0 ? [] : [keyBytes]),
      isOdd ? final : keyBytes,
    );
  }
  return final.subarray(0, size);
}

/** So many bytes of it, again and again. */
function repeat(bytes: Buffer, length: number): Buffer {
  return Buffer.concat(Array.from({ length: Math.ceil(length / bytes.length) }, () => bytes)).subarray(0, length);
}
