/** A child that runs out of time gets the polite signal, and the hard one this much later. Source: product contract, grace. */
export const graceMs = 500;

/** A child that does not end by itself, or whose supervisor does not say so, is ended this much later; a supervisor waits 5 s itself. */
const endPatienceMs = 6000;

/** `refused`: what the child wrote ends the conversation. */
export type StopReason = 'timed-out' | 'aborted' | 'reply-too-large' | 'refused';

interface Orders {
  /** At the deadline: ask the child where it is. Gives how long to wait for its answer, in milliseconds; undefined: the child was not asked. */
  inquire?: () => number | undefined;
  /** Ask the process group to end. */
  polite(): void;
  /** End everything that does not wait for the end of a child that is just ending. */
  overdue(): void;
  /** End everything. */
  hard(): void;
}

/** When to stop one child, and who asked first. The timers belong only to this child. */
export class Deadline {
  readonly #orders: Orders;
  readonly #graceMs: number;
  #timer: NodeJS.Timeout | undefined;
  #settled = false;
  #isCleared = false;
  #inquiringSince: number | undefined;

  /** Who asked first; later requests change nothing. */
  reason: StopReason | undefined;
  /** The polite signal was not enough. */
  forced = false;
  /** How long the child was asked where it is: time in addition to its own. */
  inquiredMs = 0;

  constructor(orders: Orders, ownGraceMs = graceMs) {
    this.#orders = orders;
    this.#graceMs = ownGraceMs;
  }

  /** The child has `allowedMs` from now on, without end when undefined; again when it has done a part of its work. */
  start(allowedMs: number | undefined): void {
    if (allowedMs === undefined || this.#settled || this.reason !== undefined) return;
    clearTimeout(this.#timer);
    const timer = setTimeout(() => {
      // A busy host may find timer and reply due at once: what has arrived by now was in time.
      setImmediate(() => {
        if (this.#timer === timer) this.stop('timed-out');
      });
    }, allowedMs);
    this.#timer = timer;
  }

  stop(reason: StopReason): void {
    if (this.#settled || this.reason !== undefined) return;
    this.reason = reason;
    clearTimeout(this.#timer);
    const patienceMs = reason === 'timed-out' ? this.#orders.inquire?.() : undefined;
    if (patienceMs === undefined) {
      this.#askToEnd();
      return;
    }
    this.#inquiringSince = performance.now();
    this.#timer = setTimeout(() => {
      this.answered();
    }, patienceMs);
  }

  /** The child has said where it is, or will not say it. */
  answered(): void {
    if (this.#stopInquiring()) this.#askToEnd();
  }

  #stopInquiring(): boolean {
    if (this.#inquiringSince === undefined) return false;
    this.inquiredMs = performance.now() - this.#inquiringSince;
    this.#inquiringSince = undefined;
    clearTimeout(this.#timer);
    return true;
  }

  #askToEnd(): void {
    this.#orders.polite();
    this.#timer = setTimeout(() => {
      this.forced = true;
      this.#orders.hard();
    }, this.#graceMs);
  }

  /** The reply is complete: the child may end by itself within the grace. */
  replied(): void {
    if (this.reason !== undefined) return;
    this.#settled = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#orders.overdue();
      this.#awaitEnd();
    }, this.#graceMs);
  }

  /** The child has ended; what it left is being ended. */
  ended(): void {
    this.#settled = true;
    // A group that was asked politely keeps its grace, see the supervisor.
    if (this.reason === undefined || this.#stopInquiring()) this.#awaitEnd();
  }

  #awaitEnd(): void {
    if (this.#isCleared) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#orders.hard();
    }, endPatienceMs);
  }

  /** Nothing of the child is left. */
  clear(): void {
    this.#isCleared = true;
    clearTimeout(this.#timer);
  }
}
