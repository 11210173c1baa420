import { renderSuggestion } from '../base/nearest-name.ts';
import { PluginHostError } from '../base/plugin-host-error.ts';

/** The values of each axis, in their order: `{"sdk": ["1.8.4", "1.9.1"]}`. */
export type Matrix = Readonly<Record<string, readonly string[]>>;

/** One value of each axis. */
export type Combination = Readonly<Record<string, string>>;

/** All combinations, the last axis changing first; none without an axis. */
export function combinationsOf(matrix: Matrix): Combination[] {
  const axes = Object.entries(matrix).filter(([, values]) => values.length > 0);
  if (axes.length === 0) return [];
  return axes.reduce<Combination[]>(
    (found, [axis, values]) => found.flatMap((each) => values.map((value) => ({ ...each, [axis]: value }))),
    [{}],
  );
}

/** Reads `sdk=1.8.4,1.9.1`, each for one axis. @param forms Pattern and example of a value by axis @throws PluginHostError USAGE */
export function parseMatrix(words: readonly string[], forms: Readonly<Record<string, AxisForm>>): Matrix {
  const matrix: Record<string, readonly string[]> = {};
  for (const word of words) {
    const [, axis = word, list] = /^([^=]*)=(.*)$/.exec(word) ?? [];
    const known = Object.keys(forms);
    const form = Object.hasOwn(forms, axis) ? forms[axis] : undefined;
    if (form === undefined) {
      throw refusal(
        `${JSON.stringify(axis)} is no axis`,
        `${renderSuggestion(axis, known)} Axes: ${known.join(', ')}.`,
      );
    }
    const values = (list ?? '').split(',').map((value) => value.trim());
    const wrong = values.find((value) => !form.pattern.test(value));
    if (wrong !== undefined) {
      throw refusal(`${JSON.stringify(wrong)} is no value of ${axis}`, `Write --matrix ${axis}=${form.example}.`);
    }
    matrix[axis] = [...new Set([...(matrix[axis] ?? []), ...values])];
  }
  return matrix;
}

export interface AxisForm {
  pattern: RegExp;
  example: string;
}

function refusal(message: string, hint: string): PluginHostError {
  return new PluginHostError('USAGE', `--matrix: ${message}`, { hint });
}
