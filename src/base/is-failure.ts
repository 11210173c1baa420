import { hasError, type Level } from './problem.ts';

/** Whether a call failed: it did not return, or what it returned is wrong. Source: product contract, exit code of `invoke`. */
export function isFailure(call: { outcome: { kind: string }; problems: readonly { level: Level }[] }): boolean {
  return call.outcome.kind !== 'returned' || hasError(call.problems);
}
