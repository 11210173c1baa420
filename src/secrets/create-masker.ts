import { isJsonObject, type Json, type JsonObject } from '../base/json.ts';
import { createHidingMasker } from './create-hiding-masker.ts';
import { createTextMasker } from './create-text-masker.ts';
import type { Masker } from './masker.ts';
import { scalarText, type SecretNameRule } from './secret-leaves.ts';
import { shortest } from './spellings-of.ts';

function isNested(value: Json): boolean {
  return Array.isArray(value) || isJsonObject(value);
}

function withUniqueNames(entries: [name: string, item: Json][]): JsonObject {
  const taken = new Map<string, Json>();
  const counts = new Map<string, number>();
  for (const [name, item] of entries) {
    let unique = name;
    while (taken.has(unique)) {
      const count = (counts.get(name) ?? 1) + 1;
      counts.set(name, count);
      unique = `${name} (${count})`;
    }
    taken.set(unique, item);
  }
  return Object.fromEntries(taken);
}

export interface MaskerOptions {
  /** What replaces a secret, on every line that the secret had. Begins and ends with an asterisk, as the emulated product writes it. */
  maskWord: string;
  /** Default: no name is secret. */
  isSecretName?: SecretNameRule;
  /** Object keys that are part of a contract and therefore stay; default: none. */
  isFixedName?: (name: string) => boolean;
}

/**
 * Masks the values wherever they appear, and PEM private keys even when they are not among the values.
 * @param values values of fewer than four characters are masked only under secret names
 */
export function createMasker(
  values: Iterable<string>,
  { maskWord, isSecretName = () => false, isFixedName = () => false }: MaskerOptions,
): Masker {
  const hiding = createHidingMasker(maskWord);
  const given = [...values];
  let maskText: ((text: string) => string) | undefined;
  let isUnspellable = false;
  let failed = 0;
  // Made when first needed: most calls log nothing.
  const text = (value: string): string => {
    if (value.length < shortest) return value;
    if (isUnspellable) throw new RangeError('too many secrets');
    isUnspellable = true;
    maskText ??= createTextMasker(given, maskWord);
    isUnspellable = false;
    return maskText(value);
  };
  // If masking fails, the call is kept and nothing is shown unmasked.
  const orHidden = <T>(maskValue: (value: T) => T, value: T, hide: (value: T) => T): T => {
    try {
      return maskValue(value);
    } catch {
      failed++;
      return hide(value);
    }
  };

  const above: string[] = [];
  function item(value: Json, name: string, isSecret: boolean): Json {
    const isSecretItem = isSecret || isSecretName(name, above, value);
    if (!isNested(value)) return scalar(value, isSecretItem);
    above.push(name);
    const masked = nested(value, isSecretItem);
    above.pop();
    return masked;
  }

  function nested(value: Json, isSecret: boolean): Json {
    if (Array.isArray(value)) return value.map((each, index) => item(each, isSecret ? '' : String(index), isSecret));
    if (!isJsonObject(value)) return scalar(value, isSecret);
    const entries = Object.entries(value).map(([name, each]): [string, Json] => [
      isFixedName(name) ? name : text(name),
      item(each, name, isSecret),
    ]);
    return withUniqueNames(entries);
  }

  function scalar(value: Json, isSecret: boolean): Json {
    if (value === null || value === '') return value;
    if (isSecret) return maskWord;
    if (typeof value === 'string') return text(value);
    const written = scalarText(value);
    return typeof value === 'boolean' || text(written) === written ? value : maskWord;
  }

  return {
    maskWord,
    text: (value) => orHidden(text, value, (each) => hiding.text(each)),
    json: (value) => {
      above.length = 0;
      return orHidden(
        (each: Json) => nested(each, false),
        value,
        (each) => hiding.json(each),
      );
    },
    failures: () => failed,
  };
}
