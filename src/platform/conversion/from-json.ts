import { Dictionary } from '../values/dictionary.ts';
import { Double } from '../values/double.ts';
import { JsonArray, JsonObject, JsonScalar } from '../values/json-token.ts';
import type { JsonToken } from '../values/json-token.ts';
import { ScriptError } from '../values/script-error.ts';
import { ScriptList } from '../values/script-list.ts';
import type { Value } from '../values/value.ts';
import { maxJsonDepth } from './to-json.ts';

/** JSON as JavaScript has it. */
export type PlainJson =
  null | boolean | number | string | readonly PlainJson[] | { readonly [name: string]: PlainJson };

/** What a script itself says in its JSON, or an author in a file: texts, numbers, lists and dictionaries. */
export function fromJson(json: PlainJson, depth = 0): Value {
  requireDepth(depth);
  if (typeof json === 'number') return fromNumber(json);
  if (json === null || typeof json !== 'object') return json;
  const next = (child: PlainJson): Value => fromJson(child, depth + 1);
  if (isList(json)) return new ScriptList('list', json.map(next));
  return new Dictionary(Object.entries(json).map(([name, value]) => [name, next(value)] as const));
}

/** The same as `JObject` and its like: what a parameter of type Object or Array holds. */
export function fromJsonAsToken(json: PlainJson, depth = 0): JsonToken {
  requireDepth(depth);
  if (typeof json === 'number') return new JsonScalar(Number.isSafeInteger(json) ? BigInt(json) : new Double(json));
  if (json === null || typeof json !== 'object') return new JsonScalar(json);
  if (isList(json)) return new JsonArray(json.map((item) => fromJsonAsToken(item, depth + 1)));
  return new JsonObject(
    new Map(Object.entries(json).map(([name, value]) => [name, fromJsonAsToken(value, depth + 1)])),
  );
}

function requireDepth(depth: number): void {
  if (depth > maxJsonDepth)
    throw new ScriptError('EXPRESSION_FAILED', `the reader's MaxDepth of ${maxJsonDepth} has been exceeded`);
}

function isList(json: PlainJson): json is readonly PlainJson[] {
  return Array.isArray(json);
}

function fromNumber(json: number): Value {
  if (!Number.isSafeInteger(json)) return new Double(json);
  return Math.trunc(json) === (json | 0) ? json | 0 : BigInt(json);
}
