import { isJsonObject, type JsonObject } from '../../base/json.ts';
import { compareInOrder, compareKey } from './compare-in-order.ts';
import type { Difference } from './find-differences.ts';
import type { RequestRecord } from './request-record.ts';

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
