import { Secret } from '../values/secret.ts';
import type { Value } from '../values/value.ts';
import { childrenOf } from './children-of.ts';

/** Whether the value is secret, or something in it is. A list may hold itself. */
export function hasSecret(value: Value): boolean {
  if (value === null || typeof value !== 'object') return false;
  const waiting: Value[] = [value];
  const seen = new Set<Value>();
  for (let each = waiting.pop(); each !== undefined; each = waiting.pop()) {
    if (each instanceof Secret) return true;
    if (each === null || typeof each !== 'object' || seen.has(each)) continue;
    seen.add(each);
    for (const child of childrenOf(each)) waiting.push(child);
  }
  return false;
}
