import { isJsonObject, type Json, type JsonObject } from '../base/json.ts';
import { compilePattern, isMatcher, kindHolds } from './check-matchers.ts';

/** One place where a value is not what was expected. */
export interface Mismatch {
  /** Keys and list indexes that lead there. */
  keys: readonly (string | number)[];
  /** What was expected there, as written; undefined: nothing. */
  expected: Json | undefined;
  /** Undefined when there is nothing. */
  got: Json | undefined;
  /** A reason that the two values do not show; printed with them. */
  note?: string;
  /** A text that replaces them. */
  instead?: string;
}

interface Comparison {
  keys: Mismatch['keys'];
  /** A mapping may have more keys than expected. */
  isSubset: boolean;
}

/**
 * Where a value differs from what is expected: of a mapping, the keys that are expected, of its mappings too; anything else as a whole, though
 * in a list a matcher may stand for an item. Source: product contract, test files.
 * @param got Undefined when there is nothing, which only `{absent: true}` expects.
 */
export function compareValue(expected: Json, got: Json | undefined, keys: Mismatch['keys'] = []): Mismatch[] {
  return compare(expected, got, { keys, isSubset: true });
}

function compare(expected: Json, got: Json | undefined, comparison: Comparison): Mismatch[] {
  const { keys } = comparison;
  if (isJsonObject(expected) && isMatcher(expected)) return match(expected, got, keys);
  if (got === undefined) return [{ keys, expected, got }];
  if (isJsonObject(expected) && isJsonObject(got)) return compareMappings(expected, got, comparison);
  if (Array.isArray(expected) && Array.isArray(got)) return compareLists(expected, got, keys);
  return expected === got ? [] : [{ keys, expected, got }];
}

function compareMappings(expected: JsonObject, got: JsonObject, { keys, isSubset }: Comparison): Mismatch[] {
  const valueOf = (key: string): Json | undefined => (Object.hasOwn(got, key) ? got[key] : undefined);
  const differing = Object.entries(expected).flatMap(([key, value]) =>
    compare(value, valueOf(key), { keys: [...keys, key], isSubset }),
  );
  const extra = isSubset ? [] : Object.keys(got).filter((key) => !Object.hasOwn(expected, key));
  return [...differing, ...extra.map((key) => ({ keys: [...keys, key], expected: undefined, got: valueOf(key) }))];
}

function compareLists(expected: readonly Json[], got: readonly Json[], keys: Mismatch['keys']): Mismatch[] {
  if (expected.length !== got.length) {
    const note = `expected ${expected.length} ${expected.length === 1 ? 'item' : 'items'}, got ${got.length}`;
    return [{ keys, expected: [...expected], got: [...got], note }];
  }
  return expected.flatMap((item, index) => compare(item, got[index], { keys: [...keys, index], isSubset: false }));
}

function match(matcher: JsonObject, got: Json | undefined, keys: Mismatch['keys']): Mismatch[] {
  const failing = Object.entries(matcher).filter(([name, given]) => !holds(name, given, got));
  return failing.map(([name, given]) => ({ keys, expected: { [name]: given }, got }));
}

function holds(name: string, given: Json, got: Json | undefined): boolean {
  if (name === 'absent') return got === undefined;
  if (got === undefined) return false;
  if (name === 'any') return kindHolds(given, got);
  if (name === 'matches')
    return typeof got === 'string' && typeof given === 'string' && compilePattern(given).test(got);
  if (name === 'equals') return isEqual(given, got);
  return contains(given, got);
}

/** A text contains a text, or each of several; a list an item; a mapping the keys of another. */
function contains(given: Json, got: Json): boolean {
  if (typeof got === 'string') {
    const parts = Array.isArray(given) ? given : [given];
    return parts.every((part) => typeof part === 'string' && got.includes(part));
  }
  if (Array.isArray(got)) return got.some((item) => compareValue(given, item).length === 0);
  return isJsonObject(got) && isJsonObject(given) && compareValue(given, got).length === 0;
}

function isEqual(one: Json, other: Json): boolean {
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, index) => isEqual(item, other[index] ?? null));
  }
  if (!isJsonObject(one) || !isJsonObject(other)) return one === other;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && isEqual(one[name] ?? null, other[name] ?? null))
  );
}
