import { Dictionary } from '../values/dictionary.ts';
import { JsonArray, JsonObject, JsonScalar } from '../values/json-token.ts';
import { ScriptList } from '../values/script-list.ts';
import { Secret } from '../values/secret.ts';
import type { Value } from '../values/value.ts';

const none: readonly Value[] = [];

/** The values inside a value; names are not among them. */
export function childrenOf(value: Value): Iterable<Value> {
  if (value instanceof ScriptList || value instanceof JsonArray) return value.items;
  if (value instanceof JsonObject) return value.members.values();
  if (value instanceof Dictionary) return Array.from(value.entries(), ([, member]) => member);
  if (value instanceof Secret || value instanceof JsonScalar) return [value.value];
  return none;
}
