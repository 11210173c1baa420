import type { DiagnosticLog } from './diagnostic-log.ts';

/** What a token is. Numbers, because the scanner runs once for each of millions. */
export const Kind = { end: 0, string: 1, word: 2, open: 3, close: 4, equals: 5, separator: 6 } as const;
export type Kind = (typeof Kind)[keyof typeof Kind];

const wordEnds = new Uint8Array(128);
for (const each of ' \t\f\v\n\r"{}=;,#\0') wordEnds[each.charCodeAt(0)] = 1;

export function isWordCharacter(code: number): boolean {
  return code > 127 || wordEnds[code] === 0;
}

/** Cuts a text into tokens, one at a time; the fields describe the last one. All indexes count UTF-16 units of the text. */
export class TokenScanner {
  readonly text: string;
  readonly #log: DiagnosticLog;
  /** Whether a string ends with its line, as V1 has it. */
  readonly #endsStrings: boolean;
  /** Where the search for the next token starts. */
  index = 0;
  start = 0;
  value = '';
  /** First line break inside the string, -1 without one. */
  brokenAt = -1;
  isClosed = true;

  constructor(text: string, log: DiagnosticLog, { endsStrings }: { endsStrings: boolean }) {
    this.text = text;
    this.#log = log;
    this.#endsStrings = endsStrings;
  }

  next(): Kind {
    this.skipBlank();
    const at = this.index;
    this.start = at;
    if (at >= this.text.length) return Kind.end;
    switch (this.text.charCodeAt(at)) {
      case 0x22:
        return this.#string(at);
      case 0x3d:
        this.index = at + 1;
        return Kind.equals;
      case 0x7b:
        this.index = at + 1;
        return Kind.open;
      case 0x7d:
        this.index = at + 1;
        return Kind.close;
      case 0x3b:
      case 0x2c:
        this.index = at + 1;
        return Kind.separator;
      default:
        return this.#word(at);
    }
  }

  /** Skips blanks, line ends and comments. */
  skipBlank(): void {
    const { text } = this;
    let { index } = this;
    for (; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      if (code === 0x20 || (code >= 9 && code <= 13)) continue;
      if (code === 0x23) {
        this.index = index;
        this.skipLine();
        index = this.index - 1;
      } else if (code === 0) {
        this.#log.error('KVG013', index, { message: 'a NUL character', hint: nulHint });
        while (text.charCodeAt(index + 1) === 0) index += 1;
      } else break;
    }
    this.index = index;
  }

  /** To the end of the line. */
  skipLine(): void {
    const { text } = this;
    let { index } = this;
    for (; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      if (code === 10 || code === 13) break;
    }
    this.index = index;
  }

  #word(at: number): Kind {
    const { text } = this;
    let index = at + 1;
    for (; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      if (code < 128 && wordEnds[code] === 1) break;
    }
    this.index = index;
    this.value = text.slice(at, index);
    return Kind.word;
  }

  #string(at: number): Kind {
    const { text } = this;
    let from = at + 1; // what is not yet in the value
    let value: string | undefined;
    let index = from;
    this.brokenAt = -1;
    this.isClosed = true;
    for (; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      if (code > 0x5c) continue;
      if (code === 0x22) {
        this.#take(value, from, index);
        this.index = index + 1;
        return Kind.string;
      }
      if (code === 0x5c) {
        const next = text.charCodeAt(index + 1); // NaN at the end
        value = (value ?? '') + text.slice(from, index) + this.#escape(next, index);
        if (isEscape(next)) index += 1;
        from = index + 1;
      } else if (code === 10 || code === 13) {
        if (this.brokenAt < 0) this.brokenAt = index;
        if (this.#endsStrings) break;
      } else if (code === 0) {
        this.#log.error('KVG013', index, { message: 'a NUL character in a string', hint: nulHint });
        while (text.charCodeAt(index + 1) === 0) index += 1;
      }
    }
    this.#take(value, from, index);
    this.index = index;
    this.isClosed = false;
    return Kind.string;
  }

  #take(value: string | undefined, from: number, to: number): void {
    const rest = this.text.slice(from, to);
    this.value = value === undefined ? rest : value + rest;
  }

  #escape(next: number, at: number): string {
    switch (next) {
      case 0x22:
        return '"';
      case 0x5c:
        return '\\';
      case 0x6e:
        return '\n';
      case 0x72:
        return '\r';
      case 0x74:
        return '\t';
      default:
        this.#log.warning('KVG006', at, {
          message: 'unknown escape; the backslash is dropped',
          hint: 'Known escapes are \\" \\\\ \\n \\r \\t. A backslash itself is written \\\\, as in "ACME\\\\kim".',
        });
        return '';
    }
  }
}

function isEscape(code: number): boolean {
  return code === 0x22 || code === 0x5c || code === 0x6e || code === 0x72 || code === 0x74;
}

const nulHint = 'Text has no NUL characters. UTF-16 without a byte-order mark looks like this: write UTF-8.';
