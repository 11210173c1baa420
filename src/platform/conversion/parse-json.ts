import type { Budget } from '../values/budget.ts';
import { Double } from '../values/double.ts';
import { JsonArray, JsonObject, JsonScalar } from '../values/json-token.ts';
import type { JsonToken } from '../values/json-token.ts';
import { ScriptError } from '../values/script-error.ts';
import { maxJsonDepth } from './to-json.ts';

const blank = /[ \t\r\n]*/y;
const number = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/y;
const literals = new Map<string, null | boolean>([
  ['true', true],
  ['false', false],
  ['null', null],
]);
const word = /true|false|null/y;

const largest = 2n ** 63n;

/** Reads JSON as Newtonsoft does into `JObject`, `JArray`, `JValue`; whole numbers keep all their digits. */
class JsonReader {
  readonly #text: string;
  readonly #budget: Budget | undefined;
  #at = 0;
  #count = 0;

  constructor(text: string, budget: Budget | undefined) {
    this.#text = text;
    this.#budget = budget;
  }

  read(): JsonToken {
    const token = this.#readValue(0);
    this.#take(blank);
    if (this.#at < this.#text.length) throw this.#fault('additional text after the end of the JSON');
    this.#budget?.makeTokens(this.#count);
    return token;
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  /** Whether the next character, after blanks, is this one; it is passed then. */
  #passes(character: string): boolean {
    this.#take(blank);
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #readValue(depth: number): JsonToken {
    if (depth > maxJsonDepth) throw this.#fault(`the reader's MaxDepth of ${maxJsonDepth} has been exceeded`);
    this.#budget?.requireItems(++this.#count);
    this.#budget?.work(1);
    if (this.#passes('{')) return this.#readObject(depth);
    if (this.#passes('[')) return this.#readArray(depth);
    if (this.#text[this.#at] === '"') return new JsonScalar(this.#readText());
    const literal = literals.get(this.#take(word) ?? '');
    return new JsonScalar(literal === undefined ? this.#readNumber() : literal);
  }

  #readObject(depth: number): JsonObject {
    const members = new Map<string, JsonToken>();
    if (this.#passes('}')) return new JsonObject(members);
    do {
      this.#take(blank);
      const name = this.#readText();
      if (!this.#passes(':')) throw this.#fault('expected ":"');
      members.set(name, this.#readValue(depth + 1));
    } while (this.#passes(','));
    if (!this.#passes('}')) throw this.#fault('expected "," or "}"');
    return new JsonObject(members);
  }

  #readArray(depth: number): JsonArray {
    const items: JsonToken[] = [];
    if (this.#passes(']')) return new JsonArray(items);
    do items.push(this.#readValue(depth + 1));
    while (this.#passes(','));
    if (!this.#passes(']')) throw this.#fault('expected "," or "]"');
    return new JsonArray(items);
  }

  #readText(): string {
    const start = this.#at;
    if (this.#text[start] !== '"') throw this.#fault('expected a value');
    let end = start + 1;
    while (end < this.#text.length && this.#text[end] !== '"') end += this.#text[end] === '\\' ? 2 : 1;
    this.#at = end + 1;
    try {
      return JSON.parse(this.#text.slice(start, end + 1)) as string;
    } catch {
      this.#at = start;
      throw this.#fault('expected a text');
    }
  }

  #readNumber(): bigint | Double {
    number.lastIndex = this.#at;
    const found = number.exec(this.#text);
    if (found === null) throw this.#fault('expected a value');
    this.#at += found[0].length;
    const whole =
      found[1] === undefined && found[2] === undefined && found[0].length <= 20 ? BigInt(found[0]) : largest;
    return whole < largest && whole >= -largest ? whole : new Double(Number(found[0]));
  }

  /** The text itself is not shown: it may hold a secret. */
  #fault(what: string): ScriptError {
    let line = 1;
    let start = 0;
    for (let end = this.#text.indexOf('\n'); end !== -1 && end < this.#at; end = this.#text.indexOf('\n', start)) {
      line++;
      start = end + 1;
    }
    const place = `line ${line}, position ${this.#at - start}`;
    return new ScriptError('EXPRESSION_FAILED', `invalid JSON: ${what}, ${place}`);
  }
}

/** A text of JSON as a value; a fault is a `ScriptError` that tells the place. @param budget Without it there may be any number of values */
export function parseJson(text: string, budget?: Budget): JsonToken {
  return new JsonReader(text, budget).read();
}
