import { isGroup, isPair, type KvGroup, type KvItem, type KvPair, nameOf } from '../format/kv-group.ts';
import { renderStep } from '../format/path-step.ts';

export function groupsOf(group: KvGroup | undefined, key: string, name?: string): KvGroup[] {
  return (group?.c ?? []).filter(
    (item): item is KvGroup => isGroup(item) && item.k === key && (name === undefined || nameOf(item) === name),
  );
}

export function pairsOf(group: KvGroup | undefined, key?: string): KvPair[] {
  return (group?.c ?? []).filter(
    (item): item is KvPair => isPair(item) && !isGroup(item) && (key === undefined || item.k === key),
  );
}

/** The first value, as the product reads it. */
export function valueOf(group: KvGroup | undefined, key: string): string | undefined {
  return pairsOf(group, key)[0]?.v;
}

export function valuesOf(group: KvGroup | undefined, key: string): string[] {
  return pairsOf(group, key).map(({ v }) => v);
}

/** The path of an item below another path. */
export function joinPath(path: string, item: KvItem): string {
  if (!('k' in item)) return path;
  const own = renderStep(item.k, isGroup(item) ? nameOf(item) : undefined);
  return path === '' ? own : `${path}/${own}`;
}
