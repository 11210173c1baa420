import { toText } from '../conversion/render-text.ts';
import type { Value } from '../values/value.ts';
import type { Evaluation } from './evaluation.ts';

/** `+` with a text on either side. */
export function concatenate(evaluation: Evaluation, left: Value, right: Value): string {
  const [a, b] = [toText(left), toText(right)];
  evaluation.make(a.length + b.length);
  return a + b;
}
