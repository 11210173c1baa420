import type { Json } from '../../base/json.ts';

/** What a step was, or what happened in it. Source: specification f.4. */
type TraceKind =
  'step' | 'expr' | 'branch' | 'call' | 'return' | 'http' | 'ssh' | 'status' | 'log' | 'response' | 'warn';

/** What happened, without where and when; texts are masked already. */
export interface TraceFact {
  kind: TraceKind;
  phase?: 'start' | 'end';
  /** What the step was given. */
  in?: { [name: string]: Json };
  /** Variables that it made or changed. */
  set?: { [name: string]: Json };
  /** How long it took. */
  ms?: number;
  /** What ended a `Receive`: `regex`, `timeout`, `quiet`, `closed`; which branch was taken. */
  why?: string;
  text?: string;
  value?: Json;
  /** Why the step failed. */
  error?: { code: string; message: string };
}

export interface TraceEvent extends TraceFact {
  /** From 1. */
  seq: number;
  /** Milliseconds since the run began. */
  t: number;
  /** Functions around it. */
  depth: number;
  path: string;
  verb: string;
}
