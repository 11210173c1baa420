import { parseBoolean, parseDouble, parseInt64 } from '../conversion/parse-int32.ts';
import { plainValue } from '../conversion/plain-value.ts';
import { toText } from '../conversion/render-text.ts';
import { badCast, toInt32 } from '../conversion/to-int32.ts';
import { Double } from '../values/double.ts';
import { JsonScalar } from '../values/json-token.ts';
import { isNumber } from '../values/value.ts';
import type { Value } from '../values/value.ts';

/** `(type)value`: numbers become each other, what is inside JSON comes out of it; a text is never read as a number. */
export function castValue(type: string, value: Value): Value {
  const plain = plainValue(value);
  const isJson = value instanceof JsonScalar;
  switch (type) {
    case 'Int32':
      return toInt32(value);
    case 'Int64':
      if (typeof plain === 'string' && isJson) return parseInt64(plain);
      return typeof plain === 'bigint' ? plain : BigInt(toInt32(value));
    case 'Double':
      if (isNumber(plain)) return plain instanceof Double ? plain : new Double(Number(plain));
      if (typeof plain === 'string' && isJson) return parseDouble(plain);
      throw badCast(plain, type);
    case 'Boolean':
      if (typeof plain === 'boolean') return plain;
      if (typeof plain === 'string' && isJson) return parseBoolean(plain);
      throw badCast(plain, type);
    case 'String':
      if (plain === null || typeof plain === 'string') return plain;
      if (isJson) return toText(plain);
      throw badCast(plain, type);
    default:
      return value;
  }
}
