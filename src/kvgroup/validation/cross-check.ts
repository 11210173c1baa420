import type { KvGroup } from '../format/kv-group.ts';
import type { CheckName, Point } from '../points/point.ts';
import type { Report } from './create-report.ts';

export interface CrossContext {
  point: Point;
  output: KvGroup;
  /** What the output answers, when that is known. */
  input: KvGroup | undefined;
  report: Report;
}

/** What is wrong with an answer as a whole, or compared with the input that it answers. */
export type CrossCheck = (context: CrossContext) => void;
export type CrossChecks = Partial<Record<CheckName, CrossCheck>>;
