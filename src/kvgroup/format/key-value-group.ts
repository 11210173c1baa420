import { diffGroups, type KvDifference } from './diff-groups.ts';
import { isGroup, isPair, isValue, type KvGroup, type KvItem, type KvPair, nameOf } from './kv-group.ts';

/**
 * A group with the operations of the product's own library. It works on the group that it is given; all look-ups are one level
 * deep, keys and names are case-sensitive. Source: PSLang Reference Manual, KVGroup functions.
 */
export class KeyValueGroup {
  readonly data: KvGroup;

  constructor(data: KvGroup = { k: '', n: '', c: [] }) {
    this.data = data;
  }

  get key(): string {
    return this.data.k;
  }

  get name(): string {
    return nameOf(this.data);
  }

  /** The first value of a key. */
  get(key: string): string | undefined {
    return this.data.c.find((item): item is KvPair => isPair(item) && item.k === key)?.v;
  }

  /** All values of a key, in order. */
  getAll(key: string): string[] {
    return this.#pairs(key).map(({ v }) => v);
  }

  has(key: string): boolean {
    return this.data.c.some((item) => isPair(item) && item.k === key);
  }

  /** The keys of pairs, each once, in order of first appearance. */
  keys(): string[] {
    return [...new Set(this.data.c.filter(isPair).map(({ k }) => k))];
  }

  /** The items of a V2.0 value list. */
  values(): string[] {
    return this.data.c.filter(isValue).map(({ v }) => v);
  }

  /** The first group of this key and name; without a name, of any. */
  group(key: string, name?: string): KeyValueGroup | undefined {
    const found = this.data.c.find((item): item is KvGroup => isGroup(item) && isNamed(item, key, name));
    return found && new KeyValueGroup(found);
  }

  /** All groups of this key and name, or of this key, or all. */
  groups(key?: string, name?: string): KeyValueGroup[] {
    return this.data.c
      .filter(isGroup)
      .filter((group) => key === undefined || isNamed(group, key, name))
      .map((group) => new KeyValueGroup(group));
  }

  /** Key and name of every group, each combination once. */
  groupKeyNames(): [key: string, name: string][] {
    const seen = new Map(
      this.data.c.filter(isGroup).map((group): [string, [string, string]] => {
        const pair: [string, string] = [group.k, nameOf(group)];
        return [JSON.stringify(pair), pair];
      }),
    );
    return [...seen.values()];
  }

  /** Adds a pair at the end, also when the key has one. */
  add(key: string, value: string): this {
    this.data.c.push({ k: key, v: value });
    return this;
  }

  /** Adds a group at the end and returns it. */
  addGroup(key: string, name = '', items: KvItem[] = []): KeyValueGroup {
    const data: KvGroup = { k: key, n: name, c: items };
    this.data.c.push(data);
    return new KeyValueGroup(data);
  }

  /** Changes the first pair of this key, or adds one. Returns whether there was one. */
  set(key: string, value: string): boolean {
    const pair = this.#pairs(key)[0];
    if (pair === undefined) this.add(key, value);
    else pair.v = value;
    return pair !== undefined;
  }

  /** Changes the contents of the first group of this key and name, or adds one. Returns whether there was one. */
  setGroup(key: string, name: string, items: KvItem[]): boolean {
    const group = this.group(key, name);
    if (group === undefined) this.addGroup(key, name, items);
    else group.data.c = items;
    return group !== undefined;
  }

  /** Removes the pairs of a key, or the first of them. Returns how many. */
  delPairs(key: string, firstOnly = false): number {
    return this.#remove((item) => isPair(item) && item.k === key, firstOnly);
  }

  /** Removes the pairs of a key that have this value. Returns how many. */
  delValues(key: string, value: string): number {
    return this.#remove((item) => isPair(item) && item.k === key && item.v === value);
  }

  /** Removes the groups of a key, or of a key and name. Returns how many. */
  delGroups(key: string, name?: string): number {
    return this.#remove((item) => isGroup(item) && isNamed(item, key, name));
  }

  /** How another group differs, by the rules of `diffGroups`. */
  diff(other: KeyValueGroup): KvDifference[] {
    return diffGroups(this.data, other.data);
  }

  clear(): void {
    this.data.c = [];
  }

  #pairs(key: string): KvPair[] {
    return this.data.c.filter(isPair).filter((pair) => pair.k === key);
  }

  #remove(isGone: (item: KvItem) => boolean, firstOnly = false): number {
    const before = this.data.c.length;
    let removed = 0;
    this.data.c = this.data.c.filter((item) => !(isGone(item) && (!firstOnly || removed++ === 0)));
    return before - this.data.c.length;
  }
}

function isNamed(group: KvGroup, key: string, name: string | undefined): boolean {
  return group.k === key && (name === undefined || nameOf(group) === name);
}
