import type { Tree } from './tree.ts';

/** What a tree consists of, in the order of the text. */
export function childrenOf(tree: Tree): readonly Tree[] {
  switch (tree.kind) {
    case 'literal':
    case 'name':
    case 'type':
      return [];
    case 'interpolation':
      return tree.parts.flatMap((part) => (typeof part === 'string' ? [] : [part.value]));
    case 'member':
      return [tree.target];
    case 'call':
      return [tree.target, ...tree.arguments];
    case 'index':
      return [tree.target, tree.index];
    case 'unary':
    case 'cast':
      return [tree.operand];
    case 'binary':
      return [tree.left, tree.right];
    case 'conditional':
      return [tree.test, tree.yes, tree.no];
    case 'new':
      return tree.arguments;
    case 'lambda':
      return [tree.body];
    case 'assignment':
      return [tree.target, tree.value];
  }
}

/** Every tree in a tree, itself first. */
export function* walkTree(tree: Tree): Generator<Tree> {
  yield tree;
  for (const child of childrenOf(tree)) yield* walkTree(child);
}
