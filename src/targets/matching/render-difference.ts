import type { Json } from '../../base/json.ts';
import { shorten } from '../../base/shorten.ts';
import type { Difference } from './find-differences.ts';
import { inClear, type Show } from './telling.ts';

/** `json.password: expected "right", got "wrong"` */
export function renderDifference({ keys, expected, got }: Difference, show: Show = inClear): string {
  const [part = '', ...names] = keys;
  const where = [part, ...names.map((name) => show(String(name)))].join('.');
  return `${where}: expected ${showValue(expected, show)}, got ${showValue(got, show)}`;
}

function showValue(value: Json | undefined, show: Show): string {
  return value === undefined ? 'nothing' : show(shorten(JSON.stringify(value)));
}
