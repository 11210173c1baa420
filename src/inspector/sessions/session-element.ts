import type { ShownStep } from '../../sps/store/shown-step.ts';
import type { SessionSummary } from '../../sps/store/stored-sessions.ts';

/** A session in the list of the inspector. Source: inspector contract, `GET /v1/sessions`. */
export interface SessionElement extends SessionSummary {
  /** The last one; null when no step has one. */
  verdict: string | null;
  /** In the order of their first calls. */
  plugins: { name: string; version: string; type: string }[];
  /** Of all calls together. */
  durationMs: number;
  /** How many steps failed. */
  errors: number;
  /** How many steps took half of their time or more. */
  slow: number;
}

/** A step without what may be large: arguments, value, log and cookies. */
export type StepSummary = Omit<ShownStep, 'kwargs' | 'outcome' | 'cookie' | 'sessionCookie'> & {
  outcome: Omit<ShownStep['outcome'], 'value' | 'log'>;
};

export function summaryOf(step: ShownStep): StepSummary {
  const { kwargs, cookie, sessionCookie, outcome, ...rest } = step;
  const { log, ...others } = outcome;
  if (others.kind !== 'returned') return { ...rest, outcome: others };
  const { value, ...kept } = others;
  return { ...rest, outcome: kept };
}
