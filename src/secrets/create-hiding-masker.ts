import { isJsonObject, type Json } from '../base/json.ts';
import type { Masker } from './masker.ts';
import { lines } from './spellings-of.ts';

/**
 * Shows only the line breaks of a text, and only the kind of a value: for data whose secrets are unknown.
 * @param maskWord as for `createMasker`
 */
export function createHidingMasker(maskWord: string): Masker {
  return {
    maskWord,
    text: (value) => value.replace(lines, () => maskWord),
    json: (value) => hideJson(value, maskWord),
    failures: () => 1,
  };
}

function hideJson(value: Json, maskWord: string): Json {
  if (value === null) return null;
  if (Array.isArray(value)) return [maskWord];
  return isJsonObject(value) ? { [maskWord]: maskWord } : maskWord;
}
