import { isGroup, isValue, type KvGroup, type KvItem, nameOf } from './kv-group.ts';
import { renderStep } from './path-step.ts';

/** A difference between two groups at the same path. */
export interface KvDifference {
  /** In the syntax of `getPath`; empty for the root. An item that is not the first of its key has its number: `value#2`. */
  path: string;
  kind: 'added' | 'removed' | 'changed';
  /** The value of a pair, or the group; undefined on the side that does not have it. */
  before?: string | KvGroup;
  after?: string | KvGroup;
}

/**
 * Differences in meaning. The order of items with the same key, or the same key and name, counts; the order of different keys does not. Header, comments and
 * layout are not part of a tree. Empty when both mean the same.
 */
export function diffGroups(before: KvGroup, after: KvGroup): KvDifference[] {
  const differences: KvDifference[] = [];
  if (before.k !== after.k || nameOf(before) !== nameOf(after)) {
    differences.push({ path: '', kind: 'changed', before, after });
  } else diffContents(before, after, '', differences);
  return differences;
}

export function isSameGroup(a: KvGroup, b: KvGroup): boolean {
  return diffGroups(a, b).length === 0;
}

function diffContents(before: KvGroup, after: KvGroup, path: string, differences: KvDifference[]): void {
  const old = sortOut(before);
  const now = sortOut(after);
  for (const step of new Set([...old.keys(), ...now.keys()])) {
    const olds = old.get(step) ?? [];
    const nows = now.get(step) ?? [];
    for (let index = 0; index < Math.max(olds.length, nows.length); index += 1) {
      const here = `${path === '' ? '' : `${path}/`}${step}${index === 0 ? '' : `#${index + 1}`}`;
      diffItems(olds[index], nows[index], here, differences);
    }
  }
}

function diffItems(old: KvItem | undefined, now: KvItem | undefined, path: string, differences: KvDifference[]): void {
  if (now === undefined) {
    if (old !== undefined) differences.push({ path, kind: 'removed', before: contentsOf(old) });
  } else if (old === undefined) differences.push({ path, kind: 'added', after: contentsOf(now) });
  else if (isGroup(old) && isGroup(now)) diffContents(old, now, path, differences);
  else {
    const [before, after] = [contentsOf(old), contentsOf(now)];
    if (before !== after) differences.push({ path, kind: 'changed', before, after });
  }
}

function contentsOf(item: KvItem): string | KvGroup {
  return isGroup(item) ? item : item.v;
}

/** Items that are compared with each other, under the step that leads to them. */
function sortOut(group: KvGroup): Map<string, KvItem[]> {
  const sorted = new Map<string, KvItem[]>();
  for (const item of group.c) {
    const step = isValue(item) ? '' : renderStep(item.k, isGroup(item) ? nameOf(item) : undefined);
    const same = sorted.get(step);
    if (same === undefined) sorted.set(step, [item]);
    else same.push(item);
  }
  return sorted;
}
