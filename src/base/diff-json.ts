import { isJsonObject, type Json } from './json.ts';

export interface JsonDifference {
  /** From the outside in; none for the whole value. */
  keys: readonly string[];
  /** Keys joined by dots; empty for the whole value. */
  path: string;
  /** Undefined when added. */
  before: Json | undefined;
  /** Undefined when removed. */
  after: Json | undefined;
}

/** Where two values differ; mappings are compared key by key, everything else as a whole. */
export function diffJson(
  before: Json | undefined,
  after: Json | undefined,
  keys: readonly string[] = [],
): JsonDifference[] {
  if (isJsonObject(before) && isJsonObject(after)) {
    const all = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...all].flatMap((key) =>
      diffJson(
        Object.hasOwn(before, key) ? before[key] : undefined,
        Object.hasOwn(after, key) ? after[key] : undefined,
        [...keys, key],
      ),
    );
  }
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ keys, path: keys.join('.'), before, after }];
}
