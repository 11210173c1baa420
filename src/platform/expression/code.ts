import type { Evaluation } from '../members/evaluation.ts';
import type { Value } from '../values/value.ts';
import type { Tree } from './tree.ts';

/** What a tree does. The value is never a `Secret`; that it is one stands in the evaluation. */
export type Code = (evaluation: Evaluation) => Value;

/** What the parts of the compiler share. */
export interface Compiler {
  compile: (tree: Tree) => Code;
  /** The text of a tree, for a message; cut when it is long. */
  sourceOf: (tree: Tree) => string;
  /** Where the parameter of a lambda is kept, of a name that is one. */
  slotOf: (name: string) => number | undefined;
  /** A compiler that knows these parameters, and their places. */
  within: (parameters: readonly string[]) => { compiler: Compiler; slots: number[] };
}
