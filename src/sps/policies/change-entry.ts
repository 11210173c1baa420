import type { Json, JsonObject } from '../../base/json.ts';

/** One request of a transaction, as the change log shows it. Values are bodies as a GET shows them, without secrets. */
export type ChangeEntry =
  | { type: 'create'; path: string; new_value: JsonObject }
  | { type: 'replace'; path: string; old_value: JsonObject; new_value: JsonObject }
  | { type: 'delete'; path: string; old_value: JsonObject }
  | { type: 'reorder'; path: string; old_order: string[]; new_order: string[] };

/** Where an object is in the API. */
export function hrefOf(collection: string, key?: string): string {
  const path = `/api/configuration/${collection}`;
  return key === undefined ? path : `${path}/${encodeURIComponent(key)}`;
}

/** A reference as answers have it. */
export function referenceTo(collection: string, key: string): Json {
  return { key, meta: { href: hrefOf(collection, key) } };
}
