import { isJsonObject, type JsonObject } from '../../base/json.ts';

/** The answers in the arguments of a call that were typed with echo off. */
export function findSecretAnswers(kwargs: JsonObject, keys: readonly string[]): { key: string; value: string }[] {
  const pairs = kwargs['key_value_pairs'];
  return keys.flatMap((key) => {
    const value = isJsonObject(pairs) ? pairs[key] : undefined;
    return typeof value === 'string' ? [{ key, value }] : [];
  });
}
