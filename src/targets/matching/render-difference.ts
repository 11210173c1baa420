import type { Json } from '../../base/json.ts';
import { shorten } from '../../base/shorten.ts';
import type { Difference } from './find-differences.ts';

/** `json.password: expected "right", got "wrong"` */
export function renderDifference({ keys, expected, got }: Difference): string {
  return `${keys.join('.')}: expected ${show(expected)}, got ${show(got)}`;
}

function show(value: Json | undefined): string {
  return value === undefined ? 'nothing' : shorten(JSON.stringify(value));
}
