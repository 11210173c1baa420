import type { KvGroup, KvItem } from './group.ts';

/**
 * What stands at a path that starts inside the root: `request/resource[4F12]/operation`, `attribute[EMAIL]/value[]/value[*]`.
 * `key` is a pair or a group of any name, `key[name]` a group of that name, `key[*]` all; without `[*]` the first match counts.
 * @throws SyntaxError for a path that is none.
 */
export function getPath(root: KvGroup, path: string): KvItem[] {
  void root;
  void path;
  throw new Error('being written');
}
