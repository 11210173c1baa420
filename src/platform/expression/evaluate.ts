import { Evaluation } from '../members/evaluation.ts';
import type { Scope } from '../members/evaluation.ts';
import type { Budget } from '../values/budget.ts';
import type { Value } from '../values/value.ts';
import { compileTree } from './compile-tree.ts';
import type { Expression } from './parse-expression.ts';

/**
 * The value of an expression, a `Secret` when it was made of one. Whatever goes wrong is a `ScriptError`, with the place in the
 * text; what the scope's own functions throw passes through.
 */
export function evaluate(expression: Expression, scope: Scope, budget: Budget): Value {
  budget.startStep();
  const evaluation = new Evaluation(scope, budget);
  return evaluation.wrap(compileTree(expression)(evaluation));
}
