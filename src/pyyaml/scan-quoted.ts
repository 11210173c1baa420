import { endOfText, isBlank, isBreak, isSpaceOrEnd, showCharacter, type YamlCursor } from './yaml-cursor.ts';

const escapes = new Map([
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['t', '\t'],
  ['\t', '\t'],
  ['n', '\n'],
  ['v', '\v'],
  ['f', '\f'],
  ['r', '\r'],
  ['e', '\x1b'],
  [' ', ' '],
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['N', '\x85'],
  ['_', '\xa0'],
  ['L', '\u2028'],
  ['P', '\u2029'],
]);
const hexLengths = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

/** Scans text in single or double quotes. Its further lines may be indented as they like. */
export function scanQuoted(cursor: YamlCursor): string {
  const quote = cursor.take(1);
  const chunks: string[] = [];
  while (cursor.peek() !== quote || (quote === "'" && cursor.peek(1) === "'")) {
    if (cursor.peek() === endOfText) cursor.fail(`the text in ${quote} is not closed`);
    chunks.push(isSpaceOrEnd(cursor.peek()) ? scanSpaces(cursor) : scanText(cursor, quote));
  }
  cursor.take(1);
  return chunks.join('');
}

function scanText(cursor: YamlCursor, quote: string): string {
  const character = cursor.peek();
  if (quote === "'" && character === "'") return cursor.take(2).slice(1);
  if (quote === '"' && character === '\\') return scanEscape(cursor);
  return cursor.takeWhile((each) => !isSpaceOrEnd(each) && each !== quote && !(quote === '"' && each === '\\'));
}

function scanEscape(cursor: YamlCursor): string {
  cursor.take(1);
  const character = cursor.peek();
  const length = hexLengths.get(character);
  if (length !== undefined) {
    cursor.take(1);
    return scanHex(cursor, length);
  }
  if (isBreak(character)) {
    cursor.takeBreak();
    return scanBreaks(cursor);
  }
  const replacement = escapes.get(character);
  if (replacement === undefined) cursor.fail(`unknown escape: a backslash before ${showCharacter(character)}`);
  cursor.take(1);
  return replacement;
}

function scanHex(cursor: YamlCursor, length: number): string {
  const digits = cursor.text.slice(cursor.index, cursor.index + length);
  if (digits.length < length || !/^[0-9a-f]+$/i.test(digits)) {
    cursor.fail(`this escape needs ${length} hexadecimal digits`);
  }
  const code = parseInt(digits, 16);
  if (code > 0x10ffff) cursor.fail(`there is no character with the number ${digits}`);
  cursor.take(length);
  return String.fromCodePoint(code);
}

function scanSpaces(cursor: YamlCursor): string {
  const spaces = cursor.takeWhile(isBlank);
  const lineBreak = cursor.takeBreak();
  if (lineBreak === '') return spaces;
  const further = scanBreaks(cursor);
  if (lineBreak !== '\n') return lineBreak + further;
  return further === '' ? ' ' : further;
}

function scanBreaks(cursor: YamlCursor): string {
  let breaks = '';
  for (;;) {
    if (cursor.isAtDocumentIndicator()) cursor.fail('a document ends inside quoted text');
    cursor.takeWhile(isBlank);
    if (!isBreak(cursor.peek())) return breaks;
    breaks += cursor.takeBreak();
  }
}
