import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { type Difference, findDifferences, findTextDifferences, isMatcher } from './find-differences.ts';
import type { CommandRecord, RequestRecord } from './target-records.ts';

type Keys = Difference['keys'];

/** Where the requests that came are not those that were expected, whole and in order. Of each, what is expected of it must hold. */
export function compareRequests(
  expected: readonly JsonObject[],
  got: readonly RequestRecord[],
  keys: Keys = ['requests'],
): Difference[] {
  const asJson = got as unknown as JsonObject[];
  return compareInOrder(expected, asJson, keys, (one, other, place) =>
    Object.entries(isJsonObject(one) ? one : {}).flatMap(([name, value]) =>
      compareKey(name, value, other, [...place, name]),
    ),
  );
}

/** The same of commands: each a matcher of its line, or a mapping with `command`, `stdin`, `exit`, `signal` or `input`. */
export function compareCommands(
  expected: readonly Json[],
  got: readonly CommandRecord[],
  keys: Keys = ['commands'],
): Difference[] {
  const asJson = got as unknown as JsonObject[];
  return compareInOrder(expected, asJson, keys, (one, other, place) =>
    isJsonObject(one) && !isMatcher(one)
      ? Object.entries(one).flatMap(([name, value]) => compareKey(name, value, other, [...place, name]))
      : findTextDifferences(one, other['command'], place),
  );
}

type CompareOne = (expected: Json, got: JsonObject, keys: Keys) => Difference[];

/** When the number differs, the first that is not as expected says most; when none is, the number does. */
function compareInOrder(
  expected: readonly Json[],
  got: readonly JsonObject[],
  keys: Keys,
  compareOne: CompareOne,
): Difference[] {
  const shared = Math.min(expected.length, got.length);
  const differing = expected
    .slice(0, shared)
    .flatMap((one, index) => compareOne(one, got[index] ?? {}, [...keys, index]));
  if (expected.length === got.length || differing.length > 0) return differing;
  return [{ keys: [...keys, shared], expected: expected[shared], got: got[shared] }];
}

function compareKey(name: string, expected: Json, got: JsonObject, keys: Keys): Difference[] {
  const value = got[name];
  switch (name) {
    case 'json':
    case 'status':
    case 'exit':
      return findDifferences(expected, value, keys);
    case 'method':
      return findTextDifferences(typeof expected === 'string' ? expected.toUpperCase() : expected, value, keys);
    case 'headers':
      return findTextDifferences(lowerNames(expected), value, keys);
    default:
      return findTextDifferences(expected, value, keys);
  }
}

function lowerNames(headers: Json): Json {
  if (!isJsonObject(headers)) return headers;
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
