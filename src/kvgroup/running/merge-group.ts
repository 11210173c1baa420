import { isGroup, isPair, type KvGroup, type KvItem, nameOf } from '../format/kv-group.ts';

/**
 * A group with changes laid over it: the values of a changed key replace its values, a group of the same key and name is changed
 * in turn, what is new comes last. Neither argument is changed.
 */
export function mergeGroup(group: KvGroup, changes: readonly KvItem[]): KvGroup {
  const changedKeys = new Set(changes.filter(isPair).map(({ k }) => k));
  const changedGroups = changes.filter(isGroup);
  const done = new Set<KvGroup>();
  const kept = group.c
    .filter((item) => !isPair(item) || !changedKeys.has(item.k))
    .map((item): KvItem => {
      if (!isGroup(item)) return item;
      const change = changedGroups.find((each) => isSame(each, item) && nameOf(each) !== '');
      if (change === undefined) return item;
      done.add(change);
      return mergeGroup(item, change.c);
    });
  const pairs = changes.filter((item) => !isGroup(item));
  return { ...group, c: [...kept, ...pairs, ...changedGroups.filter((each) => !done.has(each))] };
}

/** The group of this key and name replaced, or the same group when there is none. */
export function replaceGroup(group: KvGroup, key: string, replace: (old: KvGroup) => KvGroup): KvGroup {
  return { ...group, c: group.c.map((item) => (isGroup(item) && item.k === key ? replace(item) : item)) };
}

/** The values of a key replaced by one. */
export function withPair(group: KvGroup, key: string, value: string): KvGroup {
  return mergeGroup(group, [{ k: key, v: value }]);
}

function isSame(one: KvGroup, other: KvGroup): boolean {
  return one.k === other.k && nameOf(one) === nameOf(other);
}
