import { isJsonObject, type Json } from '../base/json.ts';
import type { Masker } from '../secrets/masker.ts';
import type { Mismatch } from './compare-value.ts';

/** A mismatch as it may be shown: both values masked as in their places, the names that lead there, and what is said in place of the values. */
export function maskMismatch(
  { keys, expected, got, note, instead }: Mismatch,
  { maskWord, text, json }: Pick<Masker, 'maskWord' | 'text' | 'json'>,
): Mismatch {
  const inPlace = (value: Json | undefined): Json | undefined =>
    value === undefined ? undefined : unnest(keys, json(nest(keys, value)), maskWord);
  const shownName = (name: string): string => Object.keys(json({ [name]: null }) ?? {})[0] ?? maskWord;
  // What a matcher says about a secret is not secret.
  const isAny = isJsonObject(expected) && ['any', 'absent'].some((name) => Object.hasOwn(expected, name));
  return {
    keys: keys.map((key) => (typeof key === 'string' ? shownName(key) : key)),
    expected: isAny ? expected : inPlace(expected),
    got: inPlace(got),
    ...(note === undefined ? {} : { note }),
    ...(instead === undefined ? {} : { instead: text(instead) }),
  };
}

/** The value where it stood, for what is secret by its name. */
function nest([key, ...others]: Mismatch['keys'], value: Json): Json {
  return key === undefined ? value : { [key]: nest(others, value) };
}

/** A missing name contained a secret and is masked itself, so its value is masked too. */
function unnest(keys: Mismatch['keys'], value: Json, maskWord: string): Json {
  return keys.reduce<Json>(
    (inner, key) => (isJsonObject(inner) && Object.hasOwn(inner, key) ? (inner[key] ?? null) : maskWord),
    value,
  );
}
