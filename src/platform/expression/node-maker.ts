import { ExpressionError } from './expression-error.ts';
import type { Binary, BinaryOperator, Tree } from './tree.ts';

/** A tree is gone through by functions that call themselves: no deeper than the stack of the host bears. */
const maxDepth = 300;

/** Joins trees, and refuses one that becomes too deep, `a+a+a+…` too. */
export class NodeMaker {
  readonly #depths = new WeakMap<Tree, number>();

  node<Node extends Tree>(node: Node, children: readonly Tree[] = []): Node {
    let depth = 1;
    for (const child of children) depth = Math.max(depth, 1 + (this.#depths.get(child) ?? 0));
    if (depth > maxDepth) throw new ExpressionError('The expression is nested too deep', node.start);
    this.#depths.set(node, depth);
    return node;
  }

  binary(operator: BinaryOperator, left: Tree, right: Tree): Binary {
    return this.node({ kind: 'binary', operator, left, right, start: left.start, end: right.end }, [left, right]);
  }
}
