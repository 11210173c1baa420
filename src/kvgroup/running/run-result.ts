import type { Problem } from '../../base/problem.ts';
import type { KvDiagnostic } from '../format/kv-diagnostic.ts';
import type { KvGroup } from '../format/kv-group.ts';

export type RunClass = 'ok' | 'failure' | 'protocol-error' | 'timeout' | 'crash';

/** The answer to one item of a stream. */
export interface ItemAnswer {
  /** From 1. */
  item: number;
  output: KvGroup | null;
  /** Whether the product shows the item; null when it is unanswered. */
  shown: boolean | null;
  /** From the item to its answer; null when it is unanswered. For the first it includes the start of the plugin. */
  durationMs: number | null;
}

/** One of several runs in a row. */
export interface Round {
  /** From 1. */
  run: number;
  class: RunClass;
  retval: string | null;
  errmsg: string | null;
  output: KvGroup | null;
  durationMs: number;
}

/** A file that goes to the user's browser. */
interface Download {
  contentType: string | null;
  filename: string | null;
  bytes: number;
  /** As text; what is not UTF-8 is replaced. */
  body: string;
}

/** What `run --json` prints; of several runs the last. */
export interface RunResult {
  point: string;
  class: RunClass;
  /** Null when the answer has none. */
  retval: string | null;
  errmsg: string | null;
  exitCode: number | null;
  signal: string | null;
  durationMs: number;
  /** Null when there is none, and for a stream, whose answers are in `answers`. */
  output: KvGroup | null;
  /** What is wrong with the text of the answer. */
  diagnostics: KvDiagnostic[];
  problems: Problem[];
  /** The last 64 KiB. */
  stderr: string;
  runs: number;
  rounds?: Round[];
  answers?: ItemAnswer[];
  download?: Download;
}

/** What went through the pipes of one process. */
export interface Recording {
  stdin: string;
  stdout: Buffer;
  /** @param mask Is applied before the text is cut. */
  stderr: (mask: (text: string) => string) => string;
  startedAt: Date;
  durationMs: number;
}

/** A result and where it comes from, secrets unmasked. */
export interface Run {
  result: RunResult;
  /** One for each process. */
  recordings: Recording[];
  /** Everything that was sent. */
  inputs: KvGroup[];
}
