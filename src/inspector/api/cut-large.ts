import { isJsonObject, type Json } from '../../base/json.ts';
import type { ShownStep } from '../../sps/store/shown-step.ts';

/** Of a step that is cut: what a long text, and a long list, keeps. */
const keptText = 4096;
const keptItems = 100;

/** A step that is small enough, else with its long texts and lists cut and, in `cut`, the bytes of all of it. */
export function cutLarge(step: ShownStep, most: number): ShownStep & { cut?: { bytes: number } } {
  const bytes = JSON.stringify(step).length;
  if (bytes <= most) return step;
  const { log } = step.outcome;
  const cut = cutValue(step as unknown as Json) as unknown as ShownStep;
  const kept = log.length <= most / 4 ? log : `${log.slice(0, most / 4)}\n[… ${log.length - most / 4} characters more]`;
  return { ...cut, outcome: { ...cut.outcome, log: kept }, cut: { bytes } };
}

function cutValue(value: Json): Json {
  if (typeof value === 'string') {
    const over = value.length - keptText;
    return over > 0 ? `${value.slice(0, keptText)} [… ${over} characters more]` : value;
  }
  if (Array.isArray(value)) {
    const kept = value.slice(0, keptItems).map(cutValue);
    return value.length > keptItems ? [...kept, `[… ${value.length - keptItems} items more]`] : kept;
  }
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value);
  const kept = entries.slice(0, keptItems).map(([key, each]): [string, Json] => [key, cutValue(each)]);
  if (entries.length > keptItems) kept.push(['…', `[… ${entries.length - keptItems} keys more]`]);
  return Object.fromEntries(kept);
}
