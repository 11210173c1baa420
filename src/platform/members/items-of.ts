import { Bytes } from '../values/bytes.ts';
import { Dictionary } from '../values/dictionary.ts';
import { HeaderCollection } from '../values/header-collection.ts';
import { JsonArray, JsonObject } from '../values/json-token.ts';
import { CaptureList } from '../values/match-value.ts';
import { ScriptList } from '../values/script-list.ts';
import type { Value } from '../values/value.ts';

/** What a collection consists of, as `ForEach` and LINQ go through it; undefined for a value that is none. */
export function itemsOf(value: Value): readonly Value[] | undefined {
  if (value instanceof ScriptList || value instanceof JsonArray || value instanceof CaptureList) return value.items;
  if (value instanceof Bytes) return [...value.data];
  if (value instanceof JsonObject) return Array.from(value.members, ([key, member]) => pair(key, member));
  if (value instanceof Dictionary && !value.isReadOnly)
    return Array.from(value.entries(), ([key, member]) => pair(key, member));
  if (value instanceof HeaderCollection) return value.entries().map(({ name, values }) => pair(name, values));
  return undefined;
}

function pair(key: string, value: Value): Dictionary {
  return new Dictionary(
    [
      ['Key', key],
      ['Name', key],
      ['Value', value],
    ],
    'KeyValuePair`2',
  );
}
