import { ScriptError } from '../values/script-error.ts';
import { regexOptions } from './parsing/regex-options.ts';
import { Pattern } from './pattern.ts';

/** Longer than any person writes; to read a pattern cannot be interrupted. */
const maxLength = 100_000;

const maxKept = 200;
const kept = new Map<string, Pattern>();

const notEmulated = regexOptions.RightToLeft | regexOptions.ECMAScript | regexOptions.NonBacktracking;

/** The pattern of a text; the last ones are kept. Throws a `PatternError` when the text is no pattern. */
export function compilePattern(text: string, options = 0): Pattern {
  if ((options & notEmulated) !== 0)
    throw new ScriptError('NOT_EMULATED', 'RightToLeft, ECMAScript and NonBacktracking are not emulated');
  if (text.length > maxLength)
    throw new ScriptError('BUDGET_EXCEEDED', `limit of the host: a pattern of more than ${maxLength} characters`);
  const key = `${options} ${text}`;
  const known = kept.get(key);
  const pattern = known ?? new Pattern(text, options);
  kept.delete(key);
  kept.set(key, pattern);
  const [oldest] = kept.keys();
  if (kept.size > maxKept && oldest !== undefined) kept.delete(oldest);
  return pattern;
}
