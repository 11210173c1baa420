import { Parser } from './parser.ts';
import type { Tree } from './tree.ts';

/** An expression that was read: its text as it was given, and the tree, whose places are places in that text. */
export interface Expression {
  readonly text: string;
  readonly tree: Tree;
}

/** The pair that may stand around an expression where no text can be. */
const [opening, closing] = ['%{', '}%'];

/**
 * Reads the text of an `If`, an `Eval`, a `Condition`, or of what stands between `%{` and `}%`; these two may be there still.
 * A text that is no expression is an `ExpressionError` with its place.
 */
export function parseExpression(text: string): Expression {
  const trimmed = text.trim();
  const isWrapped = trimmed.startsWith(opening) && trimmed.endsWith(closing) && trimmed.length >= 4;
  const [before, after] = [text.length - text.trimStart().length, text.trimEnd().length];
  const [start, end] = isWrapped ? [before + opening.length, after - closing.length] : [0, text.length];
  return { text, tree: new Parser(text, start, end).parse() };
}
