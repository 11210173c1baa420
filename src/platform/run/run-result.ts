import type { Json } from '../../base/json.ts';
import type { Problem } from '../../base/problem.ts';
import type { FailureCode } from '../engine/failure-code.ts';
import type { TraceEvent } from '../engine/trace-event.ts';
import type { Outcome } from './run-outcome.ts';

/** Why a run ended with an error. */
export interface RunError {
  code: FailureCode;
  /** The text that `Exception` had. */
  message: string;
  hint: string;
  /** The step that failed. */
  path: string;
  /** From 1; null of a step in a library. */
  line: number | null;
  column: number | null;
  /** The functions around it, innermost first, and the steps that called them. */
  stack: { name: string; path: string; line: number | null }[];
  /** The first error on the way to this one; null when it is this one. */
  cause: Omit<RunError, 'stack' | 'cause'> | null;
}

type DiscoveredRecord = Record<string, Json>;

/** What a run gives. Source: the contract of `plugin-host platform`, section 5. */
export interface RunResult {
  script: { id: string | null; path: string };
  operation: string;
  parameters: Record<string, Json>;
  outcome: Outcome;
  taskStatus: string;
  value: Json;
  error: RunError | null;
  response: Json;
  discovered: {
    accounts: DiscoveredRecord[];
    services: DiscoveredRecord[];
    sshKeys: DiscoveredRecord[];
    assets: DiscoveredRecord[];
  };
  status: { t: number; type: string; percent: number | null; name: string; parameters: Json[]; text: string }[];
  log: { t: number; text: string; path: string }[];
  durationMs: number;
  /** How many steps were begun. */
  steps: number;
  targets: string[];
  trace: TraceEvent[] | null;
  emulationNotes: string[];
  problems: Problem[];
}
