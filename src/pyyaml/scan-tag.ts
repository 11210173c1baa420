import { isBreakOrEnd, isSpaceOrEnd, showCharacter, type YamlCursor } from './yaml-cursor.ts';

export interface Tag {
  /** `!`, `!!` or `!name!`; undefined when the tag is written in full or is the bare `!`. */
  handle: string | undefined;
  suffix: string;
}

const nameCharacter = /[-_0-9A-Za-z]/;
const uriCharacter = /[-;/?:@&=+$,_.!~*'()[\]%0-9A-Za-z]/;

/** Scans the name of an anchor or alias, with its indicator. */
export function scanAnchorName(cursor: YamlCursor): string {
  cursor.take(1);
  const name = cursor.takeWhile((character) => nameCharacter.test(character));
  const next = cursor.peek();
  if (name === '' || !(isSpaceOrEnd(next) || '?:,]}%@`'.includes(next))) {
    cursor.fail(`the name after & or * consists of letters, digits, - and _, not ${showCharacter(next)}`);
  }
  return name;
}

/** Scans a tag with its indicator. */
export function scanTag(cursor: YamlCursor): Tag {
  const tag = scanTagItself(cursor);
  if (cursor.peek() !== ' ' && !isBreakOrEnd(cursor.peek())) {
    cursor.fail(`a tag must be followed by a blank, not by ${showCharacter(cursor.peek())}`);
  }
  return tag;
}

function scanTagItself(cursor: YamlCursor): Tag {
  const next = cursor.peek(1);
  if (next === '<') {
    cursor.take(2);
    const suffix = scanUri(cursor);
    if (cursor.peek() !== '>') cursor.fail('a tag that starts with < has no >');
    cursor.take(1);
    return { handle: undefined, suffix };
  }
  cursor.take(1);
  if (isSpaceOrEnd(next)) return { handle: undefined, suffix: '!' };
  const isNamed = hasHandle(cursor);
  return { handle: isNamed ? scanHandle(cursor) : '!', suffix: scanUri(cursor) };
}

/** Whether there is a second `!` before the next blank. */
function hasHandle(cursor: YamlCursor): boolean {
  for (let offset = 0; ; offset += 1) {
    const character = cursor.peek(offset);
    if (character === '!') return true;
    if (character === ' ' || isBreakOrEnd(character)) return false;
  }
}

/** Scans the rest of a handle, behind its first `!`. */
function scanHandle(cursor: YamlCursor): string {
  const name = cursor.takeWhile((character) => nameCharacter.test(character));
  if (cursor.peek() !== '!') cursor.fail(`a tag handle must end with !, not with ${showCharacter(cursor.peek())}`);
  cursor.take(1);
  return `!${name}!`;
}

function scanUri(cursor: YamlCursor): string {
  const uri = cursor.takeWhile((character) => uriCharacter.test(character));
  if (uri === '') cursor.fail(`a tag is missing before ${showCharacter(cursor.peek())}`);
  try {
    return decodeURIComponent(uri);
  } catch {
    cursor.fail('a % in a tag must be followed by two hexadecimal digits that make UTF-8');
  }
}

/** A line that starts with `%`: a tag handle to be declared, a YAML version, or something to be ignored. */
export type Directive = { name: 'TAG'; handle: string; prefix: string } | { name: 'YAML'; major: string } | undefined;

/** Scans a directive up to the end of its line. */
export function scanDirective(cursor: YamlCursor): Directive {
  cursor.take(1);
  const name = cursor.takeWhile((character) => nameCharacter.test(character));
  if (name === '' || !(cursor.peek() === ' ' || isBreakOrEnd(cursor.peek()))) cursor.fail('a directive has no name');
  if (name !== 'YAML' && name !== 'TAG') {
    cursor.takeWhile((character) => !isBreakOrEnd(character));
    cursor.takeBreak();
    return undefined;
  }
  cursor.skipSpaces();
  const directive = name === 'YAML' ? scanVersion(cursor) : scanTagDirective(cursor);
  if (cursor.peek() !== ' ' && !isBreakOrEnd(cursor.peek())) cursor.fail('a directive cannot end here');
  cursor.skipSpaces();
  cursor.skipComment();
  if (!isBreakOrEnd(cursor.peek())) cursor.fail('only a comment may follow a directive');
  cursor.takeBreak();
  return directive;
}

function scanVersion(cursor: YamlCursor): Directive {
  const isDigit = (character: string) => /[0-9]/.test(character);
  const major = cursor.takeWhile(isDigit);
  if (major === '' || cursor.peek() !== '.') cursor.fail('%YAML needs a version such as 1.1');
  cursor.take(1);
  if (cursor.takeWhile(isDigit) === '') cursor.fail('%YAML needs a version such as 1.1');
  return { name: 'YAML', major };
}

function scanTagDirective(cursor: YamlCursor): Directive {
  if (cursor.peek() !== '!') cursor.fail('%TAG needs a handle that starts with !');
  cursor.take(1);
  const handle = cursor.peek() === ' ' ? '!' : scanHandle(cursor);
  if (cursor.peek() !== ' ') cursor.fail('%TAG needs a blank after its handle');
  cursor.skipSpaces();
  return { name: 'TAG', handle, prefix: scanUri(cursor) };
}
