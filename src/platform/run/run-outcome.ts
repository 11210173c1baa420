import type { Problem } from '../../base/problem.ts';
import type { RunRecord } from '../engine/run-record.ts';
import type { SecretTexts } from '../engine/secret-texts.ts';
import type { StepFailure } from '../engine/step-failure.ts';
import type { Value } from '../values/value.ts';

export type Outcome = 'success' | 'mismatch' | 'failure' | 'error' | 'cancelled';

/** What came of a run, in clear; `renderOutcome` says it in public. */
export interface RunOutcome {
  operation: string;
  outcome: Outcome;
  taskStatus: string;
  /** What was returned; a text that reads as a Boolean is one. */
  value: Value;
  failure: StepFailure | undefined;
  parameters: ReadonlyMap<string, Value>;
  record: RunRecord;
  secrets: SecretTexts;
  durationMs: number;
  targets: readonly string[];
  problems: readonly Problem[];
}
