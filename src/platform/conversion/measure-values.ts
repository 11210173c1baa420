import { itemWeight, tokenWeight } from '../values/budget.ts';
import { Bytes } from '../values/bytes.ts';
import { JsonScalar } from '../values/json-token.ts';
import { CaptureValue } from '../values/match-value.ts';
import { NamedText } from '../values/named-text.ts';
import { ScriptObject } from '../values/script-object.ts';
import type { Value } from '../values/value.ts';
import { childrenOf } from './children-of.ts';

/** The size of values together, in characters of text; what several hold counts once, as far as it is an object. */
export function measureValues(values: Iterable<Value>): number {
  let size = 0;
  const waiting: Value[] = [...values];
  const seen = new Set<Value>();
  for (let each = waiting.pop(); each !== undefined; each = waiting.pop()) {
    size += itemWeight;
    if (typeof each === 'string') size += each.length;
    if (each instanceof JsonScalar) {
      // There may be millions; remembering each would take as much again.
      size += tokenWeight + (typeof each.value === 'string' ? each.value.length : 0);
      continue;
    }
    if (!(each instanceof ScriptObject) || seen.has(each)) continue;
    seen.add(each);
    size += weightOf(each);
    for (const child of childrenOf(each)) waiting.push(child);
  }
  return size;
}

function weightOf(value: ScriptObject): number {
  if (value instanceof Bytes) return value.data.length;
  if (value instanceof CaptureValue) return value.input.length;
  return value instanceof NamedText ? value.value.length : 0;
}
