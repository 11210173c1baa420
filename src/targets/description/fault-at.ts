import { isJsonObject, type Json } from '../../base/json.ts';
import type { ValueFault } from '../../base/problem.ts';
import { renderKeys } from '../../documents/render-keys.ts';
import { compilePattern, isMatcher } from '../matching/find-differences.ts';
import { durationMs } from './duration-ms.ts';

type Keys = ValueFault['keys'];

/** One fault, told with its place. */
export function faultAt(keys: Keys, message: string): ValueFault {
  return { keys, message: `${renderKeys(keys)}: ${message}` };
}

export function checkDelay(keys: Keys, delay: string | number | undefined): ValueFault[] {
  return durationMs(delay) === undefined
    ? [faultAt(keys, `${String(delay)} is no duration; expected one such as 2s or 200ms`)]
    : [];
}

/** Patterns of matchers, wherever they stand in a value, that are no regular expressions. */
export function checkPatterns(keys: Keys, expected: Json | undefined): ValueFault[] {
  if (Array.isArray(expected)) return expected.flatMap((item, index) => checkPatterns([...keys, index], item));
  if (!isJsonObject(expected)) return [];
  if (!isMatcher(expected)) {
    return Object.entries(expected).flatMap(([name, item]) => checkPatterns([...keys, name], item));
  }
  const { matches } = expected;
  if (matches === undefined) return [];
  if (typeof matches !== 'string') return [faultAt([...keys, 'matches'], 'expected a regular expression as text')];
  try {
    compilePattern(withoutReferences(matches));
    return [];
  } catch (error) {
    return [
      faultAt([...keys, 'matches'], `${(error as SyntaxError).message}; expected a regular expression of JavaScript`),
    ];
  }
}

/** What a reference stands for will mean itself, like the letter that is put in its place. */
function withoutReferences(pattern: string): string {
  return pattern.replace(/\$\$?\{[^{}]*\}/g, 'x');
}
