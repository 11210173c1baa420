import type { InquiryWay } from './connect-supervisor.ts';

/** Asks a child that is over its time where it is, before it is told to end. */
export interface Inquiry {
  way: InquiryWay;
  /** Longest wait for the answer, in milliseconds. */
  patienceMs: number;
  /** Called when the child has been asked. @param done ends the waiting */
  start: (done: () => void) => Listener;
}

/** Is told what comes from the child from then on, to its end. */
interface Listener {
  /** A line of the reply channel. */
  onLine: (line: string) => void;
  /** Gives back what of the log is the child's own; it may hold back what it cannot tell yet. */
  takeLog: (bytes: Buffer) => Buffer;
  /** The child is gone: what was held back. */
  endLog: () => Buffer;
}
