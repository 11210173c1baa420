import type { StatePlace } from '../../state/state-place.ts';
import type { Origin } from '../store/session-facts.ts';

/** Where the calls go that belong together. */
export interface Recording {
  readonly place: StatePlace;
  readonly origin: Origin;
  /** Of the session; made for the first call that is recorded. */
  readonly name: string;
  /** Number of the next step. */
  nextStep: () => number;
  /** Whether no further step was begun after it. */
  isLast: (n: number) => boolean;
  /** Runs something, in the order of the calls, once those who wait for a call have its result. */
  later: (run: () => void | Promise<void>) => void;
}
