import { isGroup, isPair, isValue, type KvGroup, type KvItem, nameOf } from './kv-group.ts';
import { parsePath, type PathStep } from './path-step.ts';

/**
 * What is at a path that starts inside the root: `request/resource[4F12]/operation`, `attribute[EMAIL]/value[]/value[*]`.
 * `key` is a pair or a group of any name, `key[name]` a group of that name, `key[*]` all pairs and groups of the key; without `[*]` the first
 * match counts. `[*]` alone stands for the values of a list. A backslash escapes `/`, `[` and `]`.
 * @throws SyntaxError for an invalid path.
 */
export function getPath(root: KvGroup, path: string): KvItem[] {
  let found: KvItem[] = [root];
  for (const step of parsePath(path)) {
    found = found.filter(isGroup).flatMap((group) => findItems(group, step));
  }
  return found;
}

function findItems({ c: items }: KvGroup, { key, name, isAll, isGroup: isOnlyGroup }: PathStep): KvItem[] {
  if (key === '' && isAll && items.some(isValue)) return items.filter(isValue);
  const matches = (item: KvItem): boolean => {
    if (isGroup(item)) return item.k === key && (name === undefined || nameOf(item) === name);
    return !isOnlyGroup && isPair(item) && item.k === key;
  };
  if (isAll) return items.filter(matches);
  const first = items.find(matches);
  return first === undefined ? [] : [first];
}
