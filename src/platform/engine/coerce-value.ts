import { parseBoolean, parseDouble, parseInt32 } from '../conversion/parse-int32.ts';
import { parseJson } from '../conversion/parse-json.ts';
import { plainValue } from '../conversion/plain-value.ts';
import { toText } from '../conversion/render-text.ts';
import type { ParameterType } from '../tables/parameter-types.ts';
import { Dictionary } from '../values/dictionary.ts';
import { Double } from '../values/double.ts';
import { JsonArray, JsonObject } from '../values/json-token.ts';
import { CaptureList } from '../values/match-value.ts';
import { ScriptError } from '../values/script-error.ts';
import { ScriptList } from '../values/script-list.ts';
import { reveal, Secret } from '../values/secret.ts';
import type { Value } from '../values/value.ts';

const largestInt = 2 ** 31 - 1;

/**
 * A value as one of a declared type: texts that read as it are it, as the REST API hands all values over as texts. Undefined when it is
 * not of that type. Source: specification a.4.
 */
export function coerceValue(value: Value, type: ParameterType): Value | undefined {
  if (plainValue(value) === null) return null;
  const wasSecret = value instanceof Secret || type === 'Secret' || type === 'Password';
  const coerced = coercePlain(reveal(value), type);
  return coerced !== undefined && wasSecret ? Secret.of(coerced) : coerced;
}

function coercePlain(value: Value, type: ParameterType): Value | undefined {
  const plain = plainValue(value);
  switch (type) {
    case 'String':
    case 'Secret':
    case 'Password':
      return isStructure(plain) ? undefined : plain === value ? asText(value) : toText(value);
    case 'Integer':
      return orUndefined(() => asInteger(plain));
    case 'Float':
      return orUndefined(() => asFloat(plain));
    case 'Boolean':
      return typeof plain === 'string' ? orUndefined(() => parseBoolean(plain)) : ofKind(plain, 'boolean');
    case 'Object':
      return typeof plain === 'string' ? parsed(plain, JsonObject) : isObject(plain) ? value : undefined;
    case 'Array':
      return typeof plain === 'string' ? parsed(plain, JsonArray) : isList(plain) ? value : undefined;
  }
}

/** A text that is more than one, as a status is, stays it. */
function asText(value: Value): Value {
  return typeof value === 'object' ? value : toText(value);
}

function asInteger(plain: Value): Value | undefined {
  if (typeof plain === 'string') return parseInt32(plain);
  if (plain instanceof Double)
    return Number.isInteger(plain.value) && Math.abs(plain.value) <= largestInt ? plain.value : undefined;
  if (typeof plain === 'bigint') return plain <= largestInt && plain >= -largestInt - 1 ? Number(plain) : undefined;
  return ofKind(plain, 'number');
}

function asFloat(plain: Value): Value | undefined {
  if (typeof plain === 'string') return parseDouble(plain);
  if (plain instanceof Double) return plain;
  return typeof plain === 'number' || typeof plain === 'bigint' ? new Double(Number(plain)) : undefined;
}

function ofKind(value: Value, kind: 'boolean' | 'number'): Value | undefined {
  return typeof value === kind ? value : undefined;
}

function isList(value: Value): boolean {
  return value instanceof ScriptList || value instanceof JsonArray || value instanceof CaptureList;
}

function isObject(value: Value): boolean {
  return typeof value === 'object' && value !== null && !isList(value) && !(value instanceof Double);
}

function isStructure(value: Value): boolean {
  return isList(value) || value instanceof JsonObject || (value instanceof Dictionary && !value.isReadOnly);
}

function parsed(text: string, kind: typeof JsonObject | typeof JsonArray): Value | undefined {
  const value = orUndefined(() => parseJson(text));
  return value instanceof kind ? value : undefined;
}

function orUndefined(read: () => Value | undefined): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof ScriptError) return undefined;
    throw error;
  }
}
