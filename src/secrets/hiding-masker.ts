import { isJsonObject, type Json } from '../base/json.ts';
import { mask } from './mask.ts';
import type { Masker } from './masker.ts';
import { lines } from './spellings-of.ts';

/** Nothing of a text but its line breaks. */
export function hideText(value: string): string {
  return value.replace(lines, mask);
}

/** Nothing of a value but what kind it is. */
export function hideJson(value: Json): Json {
  if (value === null) return null;
  if (Array.isArray(value)) return [mask];
  return isJsonObject(value) ? { [mask]: mask } : mask;
}

/** Shows nothing: for where nobody can tell what is secret. */
export const hidingMasker: Masker = { text: hideText, json: hideJson, failures: () => 1 };
