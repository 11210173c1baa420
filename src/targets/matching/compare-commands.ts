import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { compareInOrder, compareKey } from './compare-in-order.ts';
import { type Difference, findTextDifferences, isMatcher } from './find-differences.ts';
import type { CommandRecord } from './target-records.ts';

type Keys = Difference['keys'];

/** Where the commands that came are not those that were expected, whole and in order: each a matcher of its line, or a mapping with `command`, `stdin`, `exit`, `signal` or `input`. */
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
