import { largestText } from '../values/budget.ts';
import { Bytes } from '../values/bytes.ts';
import { Dictionary } from '../values/dictionary.ts';
import { Double, renderDouble } from '../values/double.ts';
import { EnumValue } from '../values/enum-value.ts';
import { HeaderCollection } from '../values/header-collection.ts';
import { JsonArray, JsonObject, JsonScalar } from '../values/json-token.ts';
import { CaptureList } from '../values/match-value.ts';
import { ScriptError } from '../values/script-error.ts';
import { ScriptList } from '../values/script-list.ts';
import { ScriptObject } from '../values/script-object.ts';
import { Secret } from '../values/secret.ts';
import type { Value } from '../values/value.ts';

/** Lists and objects inside each other. Source: Newtonsoft.Json, `MaxDepth`. */
export const maxJsonDepth = 64;

export interface JsonOptions {
  /** What stands for a secret; in clear without it. */
  mask?: string;
}

/** A value as compact JSON. What JSON has no word for is its text. A value that becomes too long is a `ScriptError`, as one that holds itself. */
export function toJson(value: Value, options: JsonOptions = {}): string {
  return new JsonWriter(options).render(value, 0);
}

/** Small lists in small lists, each of them several times, would become a text without end. */
class JsonWriter {
  readonly #mask: string | undefined;
  #left = largestText;

  constructor({ mask }: JsonOptions) {
    this.#mask = mask;
  }

  render(value: Value, depth: number): string {
    if (value === null) return this.#take('null');
    if (typeof value === 'string') return this.#take(JSON.stringify(value));
    if (!(value instanceof ScriptObject)) return this.#take(String(value));
    if (depth > maxJsonDepth)
      throw new ScriptError('EXPRESSION_FAILED', `a value is nested more than ${maxJsonDepth} deep, or holds itself`);
    if (value instanceof Secret)
      return this.#mask === undefined ? this.render(value.value, depth) : this.#take(JSON.stringify(this.#mask));
    if (value instanceof Double) return this.#take(renderNumber(value.value));
    if (value instanceof JsonScalar) return this.render(value.value, depth);
    if (value instanceof EnumValue) return this.#take(String(value.value));
    if (value instanceof Bytes) return this.#take(JSON.stringify(Buffer.from(value.data).toString('base64')));
    const next = (child: Value): string => this.render(child, depth + 1);
    this.#take('[]');
    if (value instanceof ScriptList || value instanceof JsonArray || value instanceof CaptureList)
      return `[${value.items.map(next).join(',')}]`;
    const members = membersOf(value);
    if (members === undefined) return this.#take(JSON.stringify(value.text));
    const pairs = Array.from(members, ([name, member]) => `${this.#take(JSON.stringify(name))}:${next(member)}`);
    return `{${pairs.join(',')}}`;
  }

  #take(text: string): string {
    this.#left -= text.length;
    if (this.#left >= 0) return text;
    throw new ScriptError('BUDGET_EXCEEDED', `limit of the host: JSON of more than ${largestText} characters`);
  }
}

function membersOf(value: ScriptObject): Iterable<[string, Value]> | undefined {
  if (value instanceof Dictionary) return value.entries();
  if (value instanceof JsonObject) return value.members;
  if (value instanceof HeaderCollection) return value.entries().map(({ name, values }) => [name, values]);
  return undefined;
}

/** A whole one keeps its point, so that it reads as a floating point number again. */
function renderNumber(value: number): string {
  const text = renderDouble(value);
  if (!Number.isFinite(value)) return JSON.stringify(text);
  return /[.E]/.test(text) ? text : `${text}.0`;
}
