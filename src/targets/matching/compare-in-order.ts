import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { type Difference, findDifferences, findTextDifferences } from './find-differences.ts';

type Keys = Difference['keys'];

type CompareOne = (expected: Json, got: JsonObject, keys: Keys) => Difference[];

/** When the number differs, the first that is not as expected says most; when none is, the number does. */
export function compareInOrder(
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

/** What is expected of one key of a record: `json`, `status` and `exit` as they are, the rest came as text. */
export function compareKey(name: string, expected: Json, got: JsonObject, keys: Keys): Difference[] {
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
