import type { JsonObject } from '../../base/json.ts';
import { makeStateFolder } from '../../state/make-state-folder.ts';
import type { OwnerLock } from '../../state/owner-lock.ts';
import type { Cookies } from '../call/cookies.ts';
import type { Origin, SessionFacts } from '../store/session-facts.ts';
import type { SessionSigns } from '../store/session-file.ts';
import type { BegunCall, SessionChange, SessionState } from '../store/session-state.ts';
import { SessionStore } from '../store/session-store.ts';
import { createSigns } from '../store/watch-sessions.ts';
import { shareOwner } from './share-owner.ts';
import { isInspected } from './take-inspector-lock.ts';

/** Where the calls go that belong together. */
export interface Recording {
  readonly stateDir: string;
  readonly origin: Origin;
  /** Of the session; made for the first call that is recorded. */
  readonly name: string;
  /** Number of the next step. */
  nextStep: () => number;
  /** Whether no further step was begun after it. */
  isLast: (n: number) => boolean;
  /** Runs something, in the order of the calls, once those who wait for a call have its result. */
  later: (run: () => void) => void;
}

/** A state in memory whose changes are written down as well. What cannot be written is left out: the call does not depend on it. */
export class RecordedSession implements SessionState {
  readonly #state: SessionState;
  readonly #recording: Recording;
  readonly #signs: SessionSigns;
  #n = 0;
  #owner: Pick<OwnerLock, 'id' | 'release'> | undefined;

  private constructor(state: SessionState, recording: Recording) {
    this.#state = state;
    this.#recording = recording;
    this.#signs = createSigns(recording.stateDir, recording.name);
  }

  /** Undefined when no inspector is open. */
  static open(state: SessionState, recording: Recording): RecordedSession | undefined {
    return isInspected(recording.stateDir) ? new RecordedSession(state, recording) : undefined;
  }

  cookiesOf(plugin: string): Cookies {
    return this.#state.cookiesOf(plugin);
  }

  answers(): JsonObject {
    return this.#state.answers();
  }

  secretAnswers(): readonly string[] {
    return this.#state.secretAnswers();
  }

  knownSecrets(): readonly string[] {
    return this.#state.knownSecrets();
  }

  async begin(call: BegunCall): Promise<void> {
    await this.#state.begin(call);
    const n = this.#recording.nextStep();
    this.#n = n;
    // The call goes on meanwhile: whoever watches is woken by it, and may get this processor.
    setImmediate(() => {
      this.#quietly(() => {
        this.#owner = shareOwner(this.#recording.stateDir);
        this.#signs.begun({ ...call, owner: this.#owner.id }, n);
      });
    });
  }

  /** Written once the caller has the result. That the call is over tells watchers that something was written. */
  async commit(change: SessionChange): Promise<void> {
    await this.#state.commit(change);
    this.#write((store, name, first) => {
      store.record(name, first, { ...this.#signs, changed: () => undefined }, (session) => {
        session.commit(change);
      });
    });
  }

  async tell(facts: Partial<SessionFacts>): Promise<void> {
    await this.#state.tell(facts);
    this.#write((store, name, first) => {
      if (!store.has(name)) return; // no call was recorded
      store.record(name, first, this.#signs, (session) => {
        session.tell(facts);
      });
    });
  }

  async close(): Promise<void> {
    await this.#state.close();
    this.#recording.later(() => {
      this.#quietly(() => {
        if (this.#owner === undefined) return; // no call was begun
        // The sign of the call that follows stands where its own stood.
        if (this.#recording.isLast(this.#n)) this.#signs.over();
        else this.#signs.changed();
        this.#owner.release();
        this.#owner = undefined;
      });
    });
  }

  #write(write: (store: SessionStore, name: string, first: Partial<SessionFacts>) => void): void {
    const { stateDir, name, origin } = this.#recording;
    this.#recording.later(() => {
      this.#quietly(() => {
        makeStateFolder(stateDir, 'sessions');
        write(new SessionStore(stateDir), name, { origin });
      });
    });
  }

  #quietly(run: () => void): void {
    try {
      run();
    } catch {
      // The inspector lacks this call, as on a full disk; the call itself is as without an inspector.
    }
  }
}
