import { hasError, type Problem } from '../../base/problem.ts';
import type { Outcome } from './outcome.ts';

/** Whether a call failed: its hook did not return, or what it returned is wrong. Source: product contract, exit code of `invoke`. */
export function isFailure(call: {
  outcome: Pick<Outcome, 'kind'>;
  problems: readonly Pick<Problem, 'level'>[];
}): boolean {
  return call.outcome.kind !== 'returned' || hasError(call.problems);
}
