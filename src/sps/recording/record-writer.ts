import type { SessionFacts } from '../store/session-facts.ts';
import type { BegunCall, SessionChange } from '../store/session-state.ts';

/** What a recorded call has given to write, in the order of its methods; each may throw. */
export interface RecordWriter {
  /** @param n Number of the step. */
  begun: (call: BegunCall, n: number) => void | Promise<void>;
  commit: (change: SessionChange) => void | Promise<void>;
  tell: (facts: Partial<SessionFacts>) => void | Promise<void>;
  /** Nothing more follows; also without a call that began. */
  over: () => void | Promise<void>;
}
