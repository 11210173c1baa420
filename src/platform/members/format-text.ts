import { plainValue } from '../conversion/plain-value.ts';
import { toText } from '../conversion/render-text.ts';
import { formatNumber } from '../text/format-number.ts';
import { Double } from '../values/double.ts';
import { ScriptError } from '../values/script-error.ts';
import { isNumber } from '../values/value.ts';
import type { Value } from '../values/value.ts';
import type { Evaluation } from './evaluation.ts';

/** A value as `{value,width:format}` writes it. */
export function formatValue(evaluation: Evaluation, value: Value, width: number, format: string): string {
  const plain = plainValue(evaluation.take(value));
  const text =
    isNumber(plain) && (format !== '' || plain instanceof Double) ? formatNumber(plain, format) : toText(plain);
  evaluation.make(Math.max(text.length, Math.abs(width)));
  return width < 0 ? text.padEnd(-width) : text.padStart(width);
}

const item = /\{\{|\}\}|\{([0-9]{1,6})\s*(?:,\s*(-?[0-9]{1,6})\s*)?(?::([^{}]*))?\}|[{}]/g;

/** `String.Format`. */
export function formatText(evaluation: Evaluation, format: string, values: readonly Value[]): string {
  let size = format.length;
  const text = format.replace(
    item,
    (found, index: string | undefined, width: string | undefined, shape: string | undefined) => {
      if (found === '{{' || found === '}}') return found.charAt(0);
      const value = index === undefined ? undefined : values[Number(index)];
      if (value === undefined) throw new ScriptError('EXPRESSION_FAILED', badItem(index));
      const shown = formatValue(evaluation, value, Number(width ?? 0), shape ?? '');
      size += shown.length;
      evaluation.budget.requireSize(size);
      return shown;
    },
  );
  return text;
}

function badItem(index: string | undefined): string {
  if (index === undefined) return 'Input string was not in a correct format.';
  return 'Index (zero based) must be greater than or equal to zero and less than the size of the argument list.';
}
