import { CharSet } from './char-set.ts';
import type { CharTest } from './char-set.ts';
import type { PatternReader } from './pattern-reader.ts';
import { readEscape, readShorthand } from './read-escape.ts';

const maxSubtractions = 50;

/** A class; the `[` has been read. Source: .NET, character classes with subtraction. */
export function readClass(reader: PatternReader, ignoresCase: boolean, depth = 0): CharTest {
  if (depth > maxSubtractions) reader.fail('Too many classes inside each other.');
  const start = reader.at;
  const set = new CharSet();
  const isNegated = reader.passes('^');
  for (let isFirst = true; ; isFirst = false) {
    if (reader.isAtEnd) reader.fail('Unterminated [] set.', start);
    if (!isFirst && reader.passes(']')) return set.toTest(isNegated, ignoresCase);
    // A subtraction follows a range, or nothing: [a-z-[b]], [\w-[b]].
    if (!isFirst && reader.passes('-[')) {
      const minus = readClass(reader, ignoresCase, depth + 1);
      if (!reader.passes(']')) reader.fail('A subtraction must be the last element in a character class.');
      return set.toTest(isNegated, ignoresCase, minus);
    }
    readItem(reader, set);
  }
}

function readItem(reader: PatternReader, set: CharSet): void {
  const first = readUnit(reader, set);
  if (first === undefined) return;
  const isRange = reader.peek() === '-' && reader.peek(1) !== ']' && reader.peek(1) !== '' && reader.peek(1) !== '[';
  if (!isRange) {
    set.addRange(first, first);
    return;
  }
  const start = reader.at;
  reader.at++;
  const last = readUnit(reader, undefined);
  if (last === undefined) return reader.fail('Cannot include a class in a character range.', start);
  if (last < first) reader.fail('[x-y] range in reverse order.', start);
  set.addRange(first, last);
}

/** One unit; undefined when it was a shorthand, which goes into the set. */
function readUnit(reader: PatternReader, set: CharSet | undefined): number | undefined {
  if (!reader.passes('\\')) return reader.next().charCodeAt(0);
  if (reader.passes('-')) return 0x2d;
  const test = readShorthand(reader);
  if (test === undefined) return readEscape(reader);
  set?.addTest(test);
  return undefined;
}
