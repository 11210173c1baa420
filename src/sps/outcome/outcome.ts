import type { Json } from '../../base/json.ts';
import type { Located, LocatedInTime } from '../invocation/exchange.ts';
import type { Phase } from '../invocation/shim-request.ts';

interface Observed {
  /** Where the call ended. */
  phase: Phase;
  /** From the start of the plugin's process to its complete reply, else to its end. */
  durationMs: number;
  /** What the plugin wrote on both streams, in order of arrival; at most 1 MiB, the middle left out. */
  log: string;
  /** The log or the reply was cut. */
  truncated: boolean;
}

/** What the end of a call meant. Source: product contract, `invoke`. */
export type Meaning<Value = Json> =
  | { kind: 'returned'; value: Value }
  | ({ kind: 'raised'; exception: string; message: string; traceback: string } & Located)
  | ({ kind: 'timed-out'; pluginTimeoutMs: number; forced: boolean } & LocatedInTime)
  | ({ kind: 'crashed'; exitCode: number | null; signal: string | null } & Located)
  | { kind: 'malformed'; problem: string; reply: string };

export type Outcome<Value = Json> = Meaning<Value> & Observed;
