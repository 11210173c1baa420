import { isJsonObject, type Json } from '../../base/json.ts';
import { checkMatchers, isMatcher } from '../check-matchers.ts';

/** How a test of a plugin says that this comes: a value that looks like a matcher must be equal. */
export function sayExpected(value: Json | undefined): Json {
  if (value === undefined) return { absent: true };
  return hasMatchers(value) ? { equals: value } : value;
}

function hasMatchers(value: Json): boolean {
  if (Array.isArray(value)) return value.some(hasMatchers);
  if (!isJsonObject(value)) return false;
  return isMatcher(value) || checkMatchers(value, []).length > 0 || Object.values(value).some(hasMatchers);
}
