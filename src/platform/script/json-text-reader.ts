import { joinPointer } from './join-pointer.ts';
import type { JsonEntry, JsonNode, ObjectNode } from './json-node.ts';

/** Why a text is no JSON, and where. */
export class JsonFault extends Error {
  readonly offset: number;
  readonly path: string;

  constructor(message: string, offset: number, path: string) {
    super(message);
    this.offset = offset;
    this.path = path;
  }
}

/** No script is nested so deep; it keeps what goes through a value by calling itself within its stack. */
const deepest = 500;

const blanks = /[ \t\r\n]*/y;
const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y;
const word = /[A-Za-z0-9_$]+/y;

const plainText = /[^"\\\u0000-\u001f]*/y;
const escapes: Partial<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** Reads strict JSON; every value keeps its place. */
export class JsonTextReader {
  readonly #text: string;
  readonly #path: string;
  #at = 0;

  /** @param path Where the value stands, when it is a part of something else */
  constructor(text: string, path = '') {
    this.#text = text;
    this.#path = path;
  }

  /** @throws JsonFault */
  read(): JsonNode {
    const root = this.#value(this.#path, 0);
    this.#skipBlanks();
    if (this.#at < this.#text.length) throw this.#fault('something follows the end of the value', '');
    return root;
  }

  #value(path: string, depth: number): JsonNode {
    this.#skipBlanks();
    if (depth > deepest) throw this.#fault(`it is nested more than ${deepest} deep`, path);
    const start = this.#at;
    const first = this.#text[start];
    if (first === '{') return this.#object(start, path, depth);
    if (first === '[') return this.#array(start, path, depth);
    if (first === '"') return { kind: 'string', value: this.#string(path), start, end: this.#at, path };
    const digits = this.#match(number);
    if (digits !== '') return { kind: 'number', text: digits, start, end: this.#at, path };
    return this.#word(start, path);
  }

  #word(start: number, path: string): JsonNode {
    const found = this.#match(word);
    const place = { start, end: this.#at, path };
    if (found === 'null') return { kind: 'null', ...place };
    if (found === 'true' || found === 'false') return { kind: 'boolean', value: found === 'true', ...place };
    this.#at = start;
    throw this.#fault('a value is expected', path);
  }

  #object(start: number, path: string, depth: number): ObjectNode {
    const entries: JsonEntry[] = [];
    this.#list('}', path, () => {
      const keyStart = this.#at;
      if (this.#text[keyStart] !== '"') throw this.#fault('a key in double quotes is expected', path);
      const key = this.#string(path);
      this.#skipBlanks();
      this.#require(':', path);
      entries.push({ key, keyStart, value: this.#value(joinPointer(path, key), depth + 1) });
    });
    return { kind: 'object', entries, start, end: this.#at, path };
  }

  #array(start: number, path: string, depth: number): JsonNode {
    const items: JsonNode[] = [];
    this.#list(']', path, () => items.push(this.#value(joinPointer(path, items.length), depth + 1)));
    return { kind: 'array', items, start, end: this.#at, path };
  }

  /** What stands between brackets, with commas between. */
  #list(closing: '}' | ']', path: string, readItem: () => void): void {
    this.#at += 1;
    this.#skipBlanks();
    if (this.#passes(closing)) return;
    for (;;) {
      readItem();
      this.#skipBlanks();
      if (this.#passes(closing)) return;
      const comma = this.#at;
      if (!this.#passes(',')) throw this.#fault(`a comma or ${closing} is expected`, path);
      this.#skipBlanks();
      if (this.#text[this.#at] !== closing) continue;
      this.#at = comma;
      throw this.#fault('a comma stands before the end', path);
    }
  }

  #string(path: string): string {
    this.#at += 1;
    const parts: string[] = [];
    for (;;) {
      parts.push(this.#match(plainText));
      if (this.#passes('"')) return parts.join('');
      if (this.#text[this.#at] !== '\\')
        throw this.#fault('a text must end on its line; write a line break as \\n', path);
      parts.push(this.#escape(path));
    }
  }

  #escape(path: string): string {
    const letter = this.#text[this.#at + 1] ?? '';
    const digits = this.#text.slice(this.#at + 2, this.#at + 6);
    const isUnicode = letter === 'u' && /^[0-9a-fA-F]{4}$/.test(digits);
    const character = isUnicode ? String.fromCharCode(Number.parseInt(digits, 16)) : escapes[letter];
    if (character === undefined) throw this.#fault(`\\${letter} is no escape; a backslash is written \\\\`, path);
    this.#at += isUnicode ? 6 : 2;
    return character;
  }

  #require(character: string, path: string): void {
    if (!this.#passes(character)) throw this.#fault(`${character} is expected`, path);
  }

  #passes(character: string): boolean {
    const isThere = this.#text[this.#at] === character;
    if (isThere) this.#at += 1;
    return isThere;
  }

  #skipBlanks(): void {
    this.#match(blanks);
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  #fault(message: string, path: string): JsonFault {
    const isEnd = this.#at >= this.#text.length;
    return new JsonFault(isEnd ? 'the text ends early' : message, Math.min(this.#at, this.#text.length), path);
  }
}
