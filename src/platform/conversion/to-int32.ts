import { Double } from '../values/double.ts';
import { EnumValue } from '../values/enum-value.ts';
import { JsonScalar } from '../values/json-token.ts';
import { ScriptError } from '../values/script-error.ts';
import { typeNameOf } from '../values/value.ts';
import type { Value } from '../values/value.ts';
import type { Note } from './equal-values.ts';
import { parseBoolean, parseInt32, tooLarge } from './parse-int32.ts';
import { plainValue } from './plain-value.ts';
import { toText } from './render-text.ts';

const smallestInt = BigInt(-(2 ** 31));
const largestInt = BigInt(2 ** 31 - 1);

/** What `(int)` and an argument of type int take: numbers, a status code, what is inside JSON; a text only there. */
export function toInt32(value: Value): number {
  const plain = plainValue(value);
  if (typeof plain === 'number') return plain;
  if (typeof plain === 'bigint') return requireRange(plain);
  if (plain instanceof Double) return requireRange(truncate(plain.value));
  if (plain instanceof EnumValue) return plain.value;
  if (typeof plain === 'string' && value instanceof JsonScalar) return parseInt32(plain);
  throw badCast(plain, 'Int32');
}

function truncate(value: number): bigint {
  if (!Number.isFinite(value)) throw tooLarge('Int32');
  return BigInt(Math.trunc(value));
}

function requireRange(value: bigint): number {
  if (value < smallestInt || value > largestInt) throw tooLarge('Int32');
  return Number(value);
}

/** An argument of type string: a text, null, or what is inside JSON. */
export function toStringArgument(value: Value): string | null {
  const plain = plainValue(value);
  if (plain === null || typeof plain === 'string') return plain;
  if (value instanceof JsonScalar) return toText(plain);
  throw badCast(plain, 'String');
}

/**
 * A condition: a Boolean, one inside JSON, or a text that reads as one, which is noted; null is an error that names the
 * `source` of the condition. Source: specification c.3.
 */
export function toBoolean(value: Value, source: string, note?: Note): boolean {
  if (typeof value === 'boolean') return value;
  const plain = plainValue(value);
  if (typeof plain === 'boolean') return plain;
  if (plain === null) throw new ScriptError('VARIABLE_NULL', `expression refers to null variable: ${source}`);
  if (typeof plain !== 'string') throw badCast(plain, 'Boolean');
  note?.('takes a text for a Boolean');
  return parseBoolean(plain);
}

export function badCast(value: Value, typeName: string): ScriptError {
  return new ScriptError(
    'EXPRESSION_FAILED',
    `Unable to cast object of type 'System.${typeNameOf(value)}' to type 'System.${typeName}'.`,
  );
}
