import { Double } from '../values/double.ts';
import type { Value } from '../values/value.ts';
import { ExpressionError } from './expression-error.ts';
import { readTextLiteral } from './read-text-literal.ts';
import type { TextLiteral } from './read-text-literal.ts';

/** A word of an expression. A text with `holes` is an interpolated one. */
export type Token = { start: number; end: number } & (
  | { type: 'name' | 'operator'; text: string }
  | { type: 'number'; value: Value }
  | ({ type: 'text' } & TextLiteral)
  | { type: 'end' }
);

/** `%Name%`, `%Name::$text%`. */
export interface Reference {
  name: string;
  fallback?: string;
  end: number;
}

const blank = /\s*/y;
const name = /[\p{L}_][\p{L}\p{Mn}\p{Nd}_]*/uy;
const number = /0[xX][0-9a-fA-F]+|(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?/y;
const suffix = /[lLdDfFmMuU]?(?![\p{L}\p{Nd}_])/uy;
const operator = /=>|==|!=|<=|>=|&&|\|\||\?\?|\?\.|\?\[|\+\+|--|[-+*/%]=|[-+*/%<>!=|&?:.,()[\]{};]/y;
const textStart = /["']|@"|\$"|\$@"|@\$"/y;
const reference = /%([A-Za-z_][A-Za-z0-9_]*)(?:::\$([A-Za-z0-9_]*))?%/y;

const largestInt = 2n ** 31n - 1n;
const largestLong = 2n ** 63n - 1n;

/** Cuts a text into words, one at a time: what `%` or `<` mean depends on where they stand. */
export class Lexer {
  readonly text: string;
  at: number;
  readonly #end: number;

  constructor(text: string, start: number, end: number) {
    this.text = text;
    this.at = start;
    this.#end = end;
  }

  /** The next word; the following call goes on after it. */
  next(): Token {
    this.at = this.#match(blank)?.end ?? this.at;
    const start = this.at;
    if (start >= this.#end) return { type: 'end', start: this.#end, end: this.#end };
    const token = this.#word(start);
    if (token.end > this.#end) throw new ExpressionError('Unexpected end of the expression', this.#end);
    this.at = token.end;
    return token;
  }

  /** A `%Name%` that starts there, if one does. */
  readReference(start: number): Reference | undefined {
    reference.lastIndex = start;
    const [text, found, fallback] = reference.exec(this.text) ?? [];
    if (text === undefined || found === undefined || start + text.length > this.#end) return undefined;
    return { name: found, end: start + text.length, ...(fallback === undefined ? {} : { fallback }) };
  }

  #match(pattern: RegExp, start = this.at): { text: string; end: number } | undefined {
    pattern.lastIndex = start;
    const text = pattern.exec(this.text)?.[0];
    return text === undefined ? undefined : { text, end: Math.min(start + text.length, this.#end) };
  }

  #word(start: number): Token {
    const quote = this.#match(textStart);
    if (quote) {
      const literal = readTextLiteral(this.text, start, quote.text);
      return { type: 'text', start, ...literal };
    }
    const word = this.#match(name);
    if (word) return { type: 'name', start, ...word };
    const digits = this.#match(number);
    if (digits) return this.#number(start, digits);
    const sign = this.#match(operator);
    if (sign) return { type: 'operator', start, ...sign };
    throw new ExpressionError(`Unexpected character '${this.text.slice(start, start + 1)}'`, start);
  }

  #number(start: number, digits: { text: string; end: number }): Token {
    const found = this.#match(suffix, digits.end);
    if (!found) throw new ExpressionError('A number ends in a letter', digits.end);
    const letter = found.text.toLowerCase();
    const isHex = /^0x/i.test(digits.text);
    if (letter === 'm' || letter === 'u')
      throw new ExpressionError(`Numbers that end in "${letter}" are not emulated`, digits.end);
    if (!isHex && (letter === 'd' || letter === 'f' || /[.e]/i.test(digits.text)))
      return { type: 'number', value: new Double(Number(digits.text)), start, end: found.end };
    const whole = BigInt(digits.text);
    if (whole > largestLong) throw new ExpressionError('Integral constant is too large', start);
    const value = whole <= largestInt && letter !== 'l' ? Number(whole) : whole;
    return { type: 'number', value, start, end: found.end };
  }
}
