import { type Clock, systemClock } from '../../base/clock.ts';
import type { StatePlace } from '../../state/state-place.ts';
import type { Origin } from '../store/session-facts.ts';
import type { SessionState } from '../store/session-state.ts';
import { listInspectors } from './inspectors-folder.ts';
import { inventHiddenName } from './is-hidden-name.ts';
import type { Recording } from './recording.ts';

/** By then a call that follows at once has begun, and its process works while this one writes. */
const restMs = 3;

/**
 * Calls that belong together and would leave nothing: while an inspector is open on the state, they are kept as a session with an invented
 * name. Without an inspector it costs one system call and no database is loaded, or one question to the Redis server for all of them.
 */
export class Recorder implements Recording {
  readonly place: StatePlace;
  readonly origin: Origin;
  readonly #clock: Clock;
  #name: string | undefined;
  #waiting: (() => void | Promise<void>)[] = [];
  #last: Promise<unknown> = Promise.resolve();
  /** A server was asked, and no inspector is open on it. */
  #isAlone = false;
  /** Steps that were begun. */
  #count = 0;

  constructor(place: StatePlace, origin: Origin, clock: Clock = systemClock) {
    this.place = place;
    this.origin = origin;
    this.#clock = clock;
  }

  /** The state for one call, which also records what the call does to it. Undefined when nobody would see that. */
  async watch(state: SessionState): Promise<SessionState | undefined> {
    const { stateDir, stateUrl } = this.place;
    if (stateUrl === undefined ? listInspectors(stateDir).length === 0 : this.#isAlone) return undefined;
    const { RecordedSession } = await import('./recorded-session.ts'); // with the database
    const session = await RecordedSession.open(state, this);
    this.#isAlone = session === undefined;
    return session;
  }

  get name(): string {
    return (this.#name ??= inventHiddenName(this.origin, this.#clock()));
  }

  later(run: () => void | Promise<void>): void {
    this.#waiting.push(run);
    if (this.#waiting.length > 1) return;
    const written = new Promise<unknown>((resolve) => {
      setTimeout(() => {
        const runs = this.#waiting;
        this.#waiting = [];
        // What waits for another call must not hold that up.
        resolve(Promise.all(runs.map(async (each) => each())));
      }, restMs);
    });
    this.#last = Promise.all([this.#last, written]);
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
