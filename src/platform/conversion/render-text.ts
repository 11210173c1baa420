import { Dictionary } from '../values/dictionary.ts';
import { Double } from '../values/double.ts';
import { EnumValue } from '../values/enum-value.ts';
import { JsonArray, JsonObject, JsonScalar } from '../values/json-token.ts';
import { CaptureValue } from '../values/match-value.ts';
import { NamedText } from '../values/named-text.ts';
import { ScriptError } from '../values/script-error.ts';
import type { ScriptObject } from '../values/script-object.ts';
import { reveal } from '../values/secret.ts';
import { TypeValue } from '../values/type-value.ts';
import type { Value } from '../values/value.ts';
import { toJson } from './to-json.ts';

/**
 * The text that `ToString()`, `+` and an interpolation give, in clear: `True`, numbers of the invariant culture, JSON and
 * objects of a script as compact JSON, null as nothing. Source: .NET; specification b.2.
 */
export function toText(value: Value): string {
  if (typeof value === 'string') return value;
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value !== 'object') return String(value);
  const plain = reveal(value);
  if (plain === null || typeof plain !== 'object') return toText(plain);
  if (plain instanceof JsonScalar) return toText(plain.value);
  if (plain instanceof JsonObject || plain instanceof JsonArray) return toJson(plain);
  if (plain instanceof Dictionary && !plain.isReadOnly) return toJson(plain);
  return plain.text;
}

/**
 * The text that a value has where a `%…%` stands inside other text, in clear. Null, lists and what has no text of its own are
 * an error, whose message names the `token`. Source: specification b.2.
 */
export function renderText(value: Value, token: string): string {
  const plain = reveal(value);
  if (plain === null) throw new ScriptError('VARIABLE_NULL', `expression refers to null variable: ${token}`);
  if (typeof plain === 'object' && !hasText(plain))
    throw new ScriptError('EXPRESSION_FAILED', `a value of type ${plain.typeName} has no text: ${token}`);
  return toText(plain);
}

function hasText(value: ScriptObject): boolean {
  return (
    value instanceof Double ||
    value instanceof JsonScalar ||
    value instanceof JsonObject ||
    value instanceof JsonArray ||
    (value instanceof Dictionary && !value.isReadOnly) ||
    value instanceof EnumValue ||
    value instanceof NamedText ||
    value instanceof CaptureValue ||
    value instanceof TypeValue
  );
}
