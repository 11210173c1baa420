import { endOfText, isBlank, isBreak, isBreakOrEnd, showCharacter, type YamlCursor } from './yaml-cursor.ts';

/** Scans `|` or `>` text. `parentIndent`: column of the collection around it, -1 for none. */
export function scanBlockScalar(cursor: YamlCursor, parentIndent: number): string {
  const isFolded = cursor.take(1) === '>';
  const { chomping, increment } = scanHeader(cursor);
  const minimum = Math.max(parentIndent + 1, 1);
  let breaks: string;
  let indent: number;
  if (increment === undefined) {
    const found = findIndent(cursor);
    breaks = found.breaks;
    indent = Math.max(minimum, found.indent);
  } else {
    indent = minimum + increment - 1;
    breaks = scanBreaks(cursor, indent);
  }
  const chunks: string[] = [];
  let lineBreak = '';
  const isInside = () => cursor.column === indent && cursor.peek() !== endOfText;
  while (isInside()) {
    chunks.push(breaks);
    const startsWithBlank = isBlank(cursor.peek());
    chunks.push(cursor.takeWhile((character) => !isBreak(character)));
    lineBreak = cursor.takeBreak();
    breaks = scanBreaks(cursor, indent);
    if (!isInside()) break;
    if (!isFolded || lineBreak !== '\n' || startsWithBlank || isBlank(cursor.peek())) chunks.push(lineBreak);
    else if (breaks === '') chunks.push(' ');
  }
  if (chomping !== '-') chunks.push(lineBreak);
  if (chomping === '+') chunks.push(breaks);
  return chunks.join('');
}

function scanHeader(cursor: YamlCursor): { chomping: string; increment: number | undefined } {
  const header = /^(?:([-+])([0-9]?)|([0-9])([-+]?))/.exec(cursor.text.slice(cursor.index, cursor.index + 2));
  const [all = '', chompingFirst, incrementLast, incrementFirst, chompingLast] = header ?? [];
  const digit = incrementFirst ?? incrementLast ?? '';
  if (digit === '0') cursor.fail('the indentation of block text is 1 to 9, not 0');
  cursor.take(all.length);
  if (cursor.peek() !== ' ' && !isBreakOrEnd(cursor.peek())) {
    cursor.fail(`${showCharacter(cursor.peek())} cannot follow | or >`);
  }
  cursor.skipSpaces();
  cursor.skipComment();
  if (!isBreakOrEnd(cursor.peek())) cursor.fail('block text starts on the line after | or >');
  cursor.takeBreak();
  return { chomping: chompingFirst ?? chompingLast ?? '', increment: digit === '' ? undefined : Number(digit) };
}

function findIndent(cursor: YamlCursor): { breaks: string; indent: number } {
  let breaks = '';
  let indent = 0;
  for (;;) {
    cursor.skipSpaces();
    indent = Math.max(indent, cursor.column);
    if (!isBreak(cursor.peek())) return { breaks, indent };
    breaks += cursor.takeBreak();
  }
}

function scanBreaks(cursor: YamlCursor, indent: number): string {
  let breaks = '';
  for (;;) {
    while (cursor.column < indent && cursor.peek() === ' ') cursor.take(1);
    if (!isBreak(cursor.peek())) return breaks;
    breaks += cursor.takeBreak();
  }
}
