/**
 * A group: a key, a name and contents. Everything is text. Order and duplicates are kept, because a plugin reads the first of several
 * pairs, and a multi-valued attribute consists of all of them.
 * This is the interchange form too: `JSON.stringify` of it is what `kvgroup to-json` prints.
 */
export interface KvGroup {
  k: string;
  /** Missing in a V2.0 group without a name. */
  n?: string;
  c: KvItem[];
}

export interface KvPair {
  k: string;
  /** Only of a pair that was written with a name, which the format does not know: `"viewas" "" = "REQUESTER"`. */
  n?: string;
  v: string;
}

/** An item of a V2.0 value list. */
export interface KvValue {
  v: string;
}

export type KvItem = KvGroup | KvPair | KvValue;

export function isGroup(item: KvItem): item is KvGroup {
  return 'c' in item;
}

export function isPair(item: KvItem): item is KvPair {
  return 'k' in item && 'v' in item;
}

export function isValue(item: KvItem): item is KvValue {
  return !('k' in item);
}

/** The group's name; a missing name counts as an empty one. */
export function nameOf(group: { n?: string }): string {
  return group.n ?? '';
}
