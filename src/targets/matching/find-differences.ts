import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';

/** One place where something is not what was expected. */
export interface Difference {
  /** Keys and list indexes that lead there. */
  keys: readonly (string | number)[];
  /** As written. Undefined when nothing was expected. */
  expected: Json | undefined;
  /** Undefined when there is nothing. */
  got: Json | undefined;
}

interface Place {
  keys: Difference['keys'];
  /** Whatever is compared came as text: what is written as a number is meant as text, and one of several may be the expected one. */
  isText: boolean;
}

const matcherNames: readonly string[] = ['contains', 'matches', 'any'];

/** A mapping whose keys are all names of matchers; each of them must hold. */
export function isMatcher(expected: JsonObject): boolean {
  const names = Object.keys(expected);
  return names.length > 0 && names.every((name) => matcherNames.includes(name));
}

/** Anchors stand for the ends of lines, because output and bodies have several. */
export function compilePattern(pattern: string): RegExp {
  return new RegExp(pattern, 'mu');
}

/**
 * Where a value is not what a target or an expectation says: mappings match as subsets, lists item by item with their length.
 * Source: platform contract §7.
 */
export function findDifferences(expected: Json, got: Json | undefined, keys: Difference['keys'] = []): Difference[] {
  return compare(expected, got, { keys, isText: false });
}

/** The same for what comes as text: headers, fields, lines. */
export function findTextDifferences(
  expected: Json,
  got: Json | undefined,
  keys: Difference['keys'] = [],
): Difference[] {
  return compare(expected, got, { keys, isText: true });
}

export function isText(expected: Json, got: string): boolean {
  return findTextDifferences(expected, got).length === 0;
}

function compare(expected: Json, got: Json | undefined, place: Place): Difference[] {
  const { keys, isText } = place;
  if (got === undefined) return [{ keys, expected, got }];
  if (Array.isArray(expected)) return compareList(expected, isText && !Array.isArray(got) ? [got] : got, place);
  if (isText && Array.isArray(got) && isSingle(expected)) {
    return got.some((item) => compare(expected, item, place).length === 0) ? [] : [{ keys, expected, got }];
  }
  if (!isJsonObject(expected)) return isEqual(expected, got, isText) ? [] : [{ keys, expected, got }];
  if (isMatcher(expected)) return holds(expected, got) ? [] : [{ keys, expected, got }];
  if (!isJsonObject(got)) return [{ keys, expected, got }];
  return Object.entries(expected).flatMap(([name, value]) =>
    compare(value, Object.hasOwn(got, name) ? got[name] : undefined, { keys: [...keys, name], isText }),
  );
}

function compareList(expected: readonly Json[], got: Json, { keys, isText }: Place): Difference[] {
  if (!Array.isArray(got) || got.length !== expected.length) return [{ keys, expected: [...expected], got }];
  return expected.flatMap((item, index) => compare(item, got[index], { keys: [...keys, index], isText }));
}

function isSingle(expected: Json): boolean {
  return !isJsonObject(expected) || isMatcher(expected);
}

function isEqual(expected: Json, got: Json, isText: boolean): boolean {
  return expected === got || (isText && expected !== null && typeof expected !== 'object' && String(expected) === got);
}

function holds({ contains, matches }: JsonObject, got: Json): boolean {
  if (typeof contains === 'string' && !(typeof got === 'string' && got.includes(contains))) return false;
  return typeof matches !== 'string' || (typeof got === 'string' && compilePattern(matches).test(got));
}
