import type { JsonObject } from '../../base/json.ts';
import type { LogLine } from '../../process/output/log-collector.ts';
import type { Secrets } from '../call/call-hook.ts';
import type { CallRecord } from '../call/call-record.ts';
import type { StepInput } from '../call/step-input.ts';

export interface StoredStep {
  /** From 1. */
  n: number;
  /** ISO 8601, UTC. */
  startedAt: string;
  /** Inputs and cookies unmasked, the log masked. */
  record: CallRecord;
  logLines: LogLine[];
  /** What must be masked when the step is shown. */
  secrets: Secrets;
  /** Null in steps of the first store format. */
  input: StepInput | null;
}

/** A complete stored session. */
export interface SessionContent {
  /** ISO 8601, UTC. */
  createdAt: string;
  /** It came from an export without secrets: they are replaced by `***`. */
  masked: boolean;
  /** JSON text. */
  sessionCookie: string;
  /** JSON texts by type and name of the plugin: `aa/Sample_Otp`. */
  cookies: Record<string, string>;
  /** Answers so far, by key. */
  answers: JsonObject;
  /** Keys whose answers were typed with echo off. */
  secretAnswers: string[];
  steps: StoredStep[];
}
