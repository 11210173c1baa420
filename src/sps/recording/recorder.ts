import { type Clock, systemClock } from '../../base/clock.ts';
import type { Origin } from '../store/session-facts.ts';
import type { SessionState } from '../store/session-state.ts';
import { listInspectors } from './inspectors-folder.ts';
import { inventHiddenName } from './is-hidden-name.ts';
import type { Recording } from './recorded-session.ts';

/** By then a call that follows at once has begun, and its process works while this one writes. */
const restMs = 3;

/**
 * Calls that belong together and would leave nothing: while an inspector is open on the state folder, they are kept as a session with an
 * invented name. Without an inspector it costs one system call, and no database is loaded.
 */
export class Recorder implements Recording {
  readonly stateDir: string;
  readonly origin: Origin;
  readonly #clock: Clock;
  #name: string | undefined;
  #waiting: (() => void)[] = [];
  #last = Promise.resolve();
  /** Steps that were begun. */
  #count = 0;

  constructor(stateDir: string, origin: Origin, clock: Clock = systemClock) {
    this.stateDir = stateDir;
    this.origin = origin;
    this.#clock = clock;
  }

  /** The state for one call, which also records what the call does to it. Undefined when nobody would see that. */
  async watch(state: SessionState): Promise<SessionState | undefined> {
    if (listInspectors(this.stateDir).length === 0) return undefined;
    const { RecordedSession } = await import('./recorded-session.ts'); // with the database
    return RecordedSession.open(state, this);
  }

  get name(): string {
    return (this.#name ??= inventHiddenName(this.origin, this.#clock()));
  }

  later(run: () => void): void {
    this.#waiting.push(run);
    if (this.#waiting.length > 1) return;
    this.#last = new Promise((resolve) => {
      setTimeout(() => {
        const runs = this.#waiting;
        this.#waiting = [];
        for (const each of runs) each();
        resolve();
      }, restMs);
    });
  }

  /** Resolves once everything is written. */
  async settled(): Promise<void> {
    await this.#last;
  }

  nextStep(): number {
    return (this.#count += 1);
  }

  isLast(n: number): boolean {
    return n === this.#count;
  }
}
