import type { Tree } from './tree.ts';

/** `A.b.c` of a name and members of it; undefined for all else. */
export function pathOf(tree: Tree): string | undefined {
  if (tree.kind === 'name') return tree.name;
  if (tree.kind === 'type') return tree.written;
  if (tree.kind !== 'member') return undefined;
  const target = pathOf(tree.target);
  return target === undefined ? undefined : `${target}.${tree.name}`;
}
