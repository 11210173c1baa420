import { isJsonObject, type Json, type JsonObject } from '../base/json.ts';
import { nearestName } from '../base/nearest-name.ts';
import type { ValueFault } from '../base/problem.ts';
import { shorten } from '../base/shorten.ts';
import { renderKeys } from '../documents/render-keys.ts';

/** What may replace an expected value. */
const matcherNames = ['contains', 'matches', 'any', 'absent', 'equals'] as const;
type MatcherName = (typeof matcherNames)[number];

/** Kinds of values that `any` distinguishes; `true` is all of them. */
const kinds: Record<string, (got: Json) => boolean> = {
  string: (got) => typeof got === 'string',
  number: (got) => typeof got === 'number',
  integer: (got) => Number.isInteger(got),
  boolean: (got) => typeof got === 'boolean',
  list: (got) => Array.isArray(got),
  mapping: (got) => isJsonObject(got),
  null: (got) => got === null,
};

function isMatcherName(name: string): name is MatcherName {
  return (matcherNames as readonly string[]).includes(name);
}

/** A mapping whose keys are all names of matchers; each of them must hold. */
export function isMatcher(expected: JsonObject): boolean {
  const names = Object.keys(expected);
  return names.length > 0 && names.every(isMatcherName);
}

export function kindHolds(kind: Json | undefined, got: Json): boolean {
  return kind === true || (typeof kind === 'string' && (kinds[kind]?.(got) ?? false));
}

/** Lines of a log and of other long texts begin and end where they do for people. */
export function compilePattern(pattern: string): RegExp {
  return new RegExp(pattern, 'mu');
}

/**
 * What is wrong with the matchers in an expected value, with the keys that lead there.
 * @param mustMatch No mapping can be meant here, such as for a log, so a mapping has to be a matcher.
 */
export function checkMatchers(
  expected: Json,
  keys: ValueFault['keys'],
  { mustMatch = false }: { mustMatch?: boolean } = {},
): ValueFault[] {
  if (Array.isArray(expected)) return expected.flatMap((item, index) => checkMatchers(item, [...keys, index]));
  if (!isJsonObject(expected)) return [];
  const names = Object.keys(expected);
  if (isMatcher(expected)) return names.flatMap((name) => checkMatcher(name as MatcherName, expected, keys));
  const known = names.find(isMatcherName);
  if (known !== undefined) {
    const other = names.find((name) => !isMatcherName(name)) ?? '';
    const message = `${renderKeys(keys)}: ${known} is a matcher, ${other} is not${suggest(other)}. For a mapping that has these keys, write {equals: {…}}`;
    return [{ keys: [...keys, other], message }];
  }
  const [only = ''] = names;
  if (mustMatch || (names.length === 1 && isAlmostMatcher(only))) {
    const escape = mustMatch ? '' : '. For a mapping that has this key, write {equals: {…}}';
    const message = `${renderKeys(keys)}: unknown matcher ${only || '{}'}${suggest(only)}${escape}`;
    return [{ keys: [...keys, only], message }];
  }
  return names.flatMap((name) => checkMatchers(expected[name] ?? null, [...keys, name]));
}

function suggest(name: string): string {
  const nearest = nearestName(name, matcherNames);
  return nearest === undefined ? `; known: ${matcherNames.join(', ')}` : `; did you mean ${nearest}?`;
}

/** One letter more or less, one wrong, or another case; a plugin may well have a key that is farther from them. */
function isAlmostMatcher(name: string): boolean {
  const folded = name.toLowerCase();
  return matcherNames.some(
    (known) =>
      known.length > 3 &&
      (folded === known || `${folded}s` === known || folded === `${known}s` || hasOneWrong(folded, known)),
  );
}

function hasOneWrong(name: string, known: string): boolean {
  return (
    name.length === known.length && Array.from(name).filter((letter, index) => letter !== known[index]).length === 1
  );
}

function checkMatcher(name: MatcherName, matcher: JsonObject, above: ValueFault['keys']): ValueFault[] {
  const keys = [...above, name];
  const given = matcher[name] ?? null;
  const fail = (what: string): ValueFault[] => [{ keys, message: `${renderKeys(keys)}: ${what}` }];
  switch (name) {
    case 'contains':
      return checkMatchers(given, keys);
    case 'equals':
      return []; // taken as it is
    case 'matches':
      return typeof given === 'string' ? checkPattern(given, fail) : fail('expected a regular expression as text');
    case 'any':
      if (given === true || (typeof given === 'string' && Object.hasOwn(kinds, given))) return [];
      return fail(`expected true or one of ${Object.keys(kinds).join(', ')}, got ${shorten(JSON.stringify(given))}`);
    case 'absent':
      return given === true ? [] : fail('expected true; {any: true} says that something must be there');
  }
}

function checkPattern(pattern: string, fail: (what: string) => ValueFault[]): ValueFault[] {
  try {
    compilePattern(pattern);
    return [];
  } catch (error) {
    return fail((error as SyntaxError).message);
  }
}
