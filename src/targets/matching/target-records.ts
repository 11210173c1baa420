import type { RequestRecord } from './request-record.ts';
import { inClear, type Telling } from './telling.ts';

/** A line that a target was given to do, or one that a dialogue was given. */
export type CommandRecord = AnsweredCommand | { input: string };

export interface AnsweredCommand {
  command: string;
  /** Lines that came for it; absent when there was none. What it did not ask for is there once its channel has closed. */
  stdin?: string[];
  /** Null while it runs, and when it did not come to its end. */
  exit: number | null;
  /** That ended it, without SIG. */
  signal?: string;
}

/** What came and was not described. Whoever shows it masks it: it holds what was sent. */
export interface Unmatched {
  kind: 'request' | 'command' | 'input';
  /** What came, in one line. */
  got: string;
  /** What is wrong, and the description that is nearest to it. */
  message: string;
}

/** A request that was answered with 401, because no route takes its credentials. */
export interface Denial {
  request: RequestRecord;
  credentials: 'missing' | 'wrong';
  tell: Telling;
}

/** All that a target was asked, in order; its lists grow while it runs. */
export class TargetRecords {
  readonly requests: RequestRecord[] = [];
  readonly commands: CommandRecord[] = [];
  /** Empty where a description allows what it does not describe. */
  readonly unmatched: Unmatched[] = [];
  /** The message of each of them. */
  readonly tellings: Telling[] = [];
  /** That alone is no failure of a test, but it may be the cause of one. */
  readonly denials: Denial[] = [];

  addUnmatched(kind: Unmatched['kind'], got: string, tell: Telling): void {
    this.unmatched.push({ kind, got, message: tell(inClear) });
    this.tellings.push(tell);
  }
}
