import type { InquiryWay } from './connect-supervisor.ts';

/** Asks a child that ran out of time where it is, before it is told to end. */
export interface Inquiry {
  way: InquiryWay;
  /** Longest wait for the answer, in milliseconds. */
  patienceMs: number;
  /** Called when the child has been asked. @param done ends the waiting */
  start: (done: () => void) => Listener;
}

/** Gets what comes from the child from then on, until its end. */
interface Listener {
  /** A line of the reply channel. */
  onLine: (line: string) => void;
  /** Returns the part of the log that is the child's own; it may hold back what it does not know yet. */
  takeLog: (bytes: Buffer) => Buffer;
  /** The child has ended: returns what was held back. */
  endLog: () => Buffer;
}
