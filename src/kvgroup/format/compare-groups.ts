import { isGroup, type KvGroup, type KvItem, nameOf } from './group.ts';

/** A difference of two groups of the same path. */
export interface KvDifference {
  /** In the syntax of `getPath`; empty for the root. */
  path: string;
  kind: 'added' | 'removed' | 'changed';
  /** A value or the text of a group; undefined on the side where it is not. */
  before?: KvItem | string;
  after?: KvItem | string;
}

/**
 * Differences of meaning: order among items of one key (and name) counts, order across keys does not; header, comments and layout
 * are no part of a tree. Empty when both mean the same.
 */
export function diffGroups(before: KvGroup, after: KvGroup): KvDifference[] {
  void isGroup;
  void nameOf;
  void before;
  void after;
  throw new Error('being written');
}

export function isSameGroup(a: KvGroup, b: KvGroup): boolean {
  return diffGroups(a, b).length === 0;
}
