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

/** A value as compact JSON. What JSON has no word for is its text. */
export function toJson(value: Value, options: JsonOptions = {}): string {
  return render(value, options, 0);
}

function render(value: Value, options: JsonOptions, depth: number): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return JSON.stringify(value);
  if (!(value instanceof ScriptObject)) return String(value);
  if (depth > maxJsonDepth)
    throw new ScriptError('EXPRESSION_FAILED', `a value is nested more than ${maxJsonDepth} deep, or holds itself`);
  if (value instanceof Secret)
    return options.mask === undefined ? render(value.value, options, depth) : JSON.stringify(options.mask);
  if (value instanceof Double) return renderNumber(value.value);
  if (value instanceof JsonScalar) return render(value.value, options, depth);
  if (value instanceof EnumValue) return String(value.value);
  if (value instanceof Bytes) return JSON.stringify(Buffer.from(value.data).toString('base64'));
  const next = (child: Value): string => render(child, options, depth + 1);
  if (value instanceof ScriptList || value instanceof JsonArray || value instanceof CaptureList)
    return `[${value.items.map(next).join(',')}]`;
  const members = membersOf(value);
  if (members === undefined) return JSON.stringify(value.text);
  const pairs = Array.from(members, ([name, member]) => `${JSON.stringify(name)}:${next(member)}`);
  return `{${pairs.join(',')}}`;
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
