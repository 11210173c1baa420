import type { Json } from '../base/json.ts';
import type { Mismatch } from './compare-value.ts';

const shortLength = 60;
const longLength = 4000;

/** `value.passwords.0: expected "a", got "b"`; long values below each other. */
export function describeMismatch({ keys, expected, got, note, instead }: Mismatch): string {
  const where = keys.join('.');
  if (instead !== undefined) return `${where}: ${instead}`;
  const [wanted, given] = [showValue(expected), showValue(got)];
  if (wanted.length <= shortLength && given.length <= shortLength) return `${where}: expected ${wanted}, got ${given}`;
  return `${where}: ${note ?? 'not as expected'}${renderDiff(expected, got)}`;
}

export function showValue(value: Json | undefined): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}

/** What is in both is not repeated for lists of texts and mappings: line by line, `-` expected, `+` got. */
function renderDiff(expected: Json | undefined, got: Json | undefined): string {
  const lines = (mark: string, value: Json | undefined): string =>
    (value === undefined ? 'nothing' : JSON.stringify(value, undefined, 2))
      .slice(0, longLength)
      .split('\n')
      .map((line) => `\n  ${mark} ${line}`)
      .join('');
  return `${lines('-', expected)}${lines('+', got)}`;
}
