import { categoryTest, digitTest, negated, spaceTest, wordTest } from './char-set.ts';
import type { CharTest } from './char-set.ts';
import type { PatternReader } from './pattern-reader.ts';

const simple: Record<string, number> = { a: 7, b: 8, e: 0x1b, f: 12, n: 10, r: 13, t: 9, v: 11 };

const octal = /[0-7]{1,3}/y;
const twoDigits = /[0-9a-fA-F]{2}/y;
const fourDigits = /[0-9a-fA-F]{4}/y;
const categoryName = /\{([^{}]*)\}/y;

function readHex(reader: PatternReader, digits: RegExp): number {
  const found = reader.take(digits);
  return found === undefined ? reader.fail('Insufficient or invalid hexadecimal digits.') : Number.parseInt(found, 16);
}

/** The unit that an escape stands for; the backslash has been read. Source: .NET, character escapes. */
export function readEscape(reader: PatternReader): number {
  const digits = reader.take(octal);
  if (digits !== undefined) return Number.parseInt(digits, 8) & 0xff;
  const unit = reader.next();
  if (unit === '') reader.fail('Illegal \\ at end of pattern.');
  if (unit === 'x') return readHex(reader, twoDigits);
  if (unit === 'u') return readHex(reader, fourDigits);
  if (unit === 'c') return readControl(reader);
  const code = Object.hasOwn(simple, unit) ? simple[unit] : undefined;
  if (code !== undefined) return code;
  if (/[\p{L}\p{Nd}_]/u.test(unit)) reader.fail(`Unrecognized escape sequence \\${unit}.`, reader.at - 1);
  return unit.charCodeAt(0);
}

function readControl(reader: PatternReader): number {
  const unit = reader.next();
  const code = unit.toUpperCase().charCodeAt(0) - 0x40;
  if (unit === '') reader.fail('Missing control character.');
  return code >= 0 && code < 32 ? code : reader.fail('Unrecognized control character.');
}

/** `\w`, `\p{…}` and their like, if one of them follows the backslash that has been read. */
export function readShorthand(reader: PatternReader): CharTest | undefined {
  const letter = reader.peek();
  const test = { w: wordTest, s: spaceTest, d: digitTest }[letter.toLowerCase()];
  if (test === undefined && letter.toLowerCase() !== 'p') return undefined;
  reader.at++;
  const found = test ?? readCategory(reader);
  return letter === letter.toLowerCase() ? found : negated(found);
}

function readCategory(reader: PatternReader): CharTest {
  const start = reader.at;
  const name = reader.take(categoryName)?.slice(1, -1);
  if (name === undefined) reader.fail('Incomplete \\p{X} character escape.');
  return categoryTest(name) ?? reader.fail(`Unknown property '${name}'.`, start);
}
