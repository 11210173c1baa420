import { isJsonObject, type Json } from '../base/json.ts';
import type { Masker } from './masker.ts';
import { lines } from './spellings-of.ts';

/**
 * Shows nothing of a text but its line breaks, and nothing of a value but what kind it is: for where nobody can tell what is secret.
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
