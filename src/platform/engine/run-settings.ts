import type { Network, TerminalShape } from '../network/network.ts';
import type { StatusEntry } from './run-record.ts';
import type { TraceEvent } from './trace-event.ts';

/** What the engine is given from outside; it knows neither clock, network nor programs of its own. */
export interface RunSettings {
  network: Network;
  /** Milliseconds, from whenever. */
  now: () => number;
  /** Resolves after so many milliseconds; rejects when the signal says so. */
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** crypt(3) of the system: password and setting, to the hash; null when it does not know the format. The signal ends it. */
  crypt: (password: string, setting: string, signal: AbortSignal) => Promise<string | null>;
  /** Ended by the caller. */
  signal: AbortSignal | undefined;
  maxRunMs: number;
  isMasked: boolean;
  terminal: TerminalShape;
  /** How long a line must be quiet until what came is taken for all. */
  quietMs: number;
  /** Whether the key that a host shows is taken where `HostKey` has no value. */
  acceptsNewHostKey: boolean;
  onTrace: ((event: TraceEvent) => void) | undefined;
  onStatus: ((entry: StatusEntry, text: string) => void) | undefined;
  onLog: ((text: string) => void) | undefined;
}
