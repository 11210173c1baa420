import { makeStateFolder } from '../../state/make-state-folder.ts';
import type { OwnerLock } from '../../state/owner-lock.ts';
import type { SessionFacts } from '../store/session-facts.ts';
import type { SessionSigns } from '../store/session-file.ts';
import type { BegunCall, SessionChange } from '../store/session-state.ts';
import { SessionStore } from '../store/session-store.ts';
import { createSigns } from '../store/watch-sessions.ts';
import type { RecordWriter } from './record-writer.ts';
import type { Recording } from './recording.ts';
import { shareOwner } from './share-owner.ts';

/** Into the sessions of a state folder. */
export class FolderWriter implements RecordWriter {
  readonly #recording: Recording;
  readonly #signs: SessionSigns;
  #n = 0;
  #owner: Pick<OwnerLock, 'id' | 'release'> | undefined;

  constructor(recording: Recording) {
    this.#recording = recording;
    this.#signs = createSigns(recording.place.stateDir, recording.name);
  }

  begun(call: BegunCall, n: number): void {
    this.#n = n;
    this.#owner = shareOwner(this.#recording.place.stateDir);
    this.#signs.begun({ ...call, owner: this.#owner.id }, n);
  }

  /** That the call is over tells watchers that something was written. */
  commit(change: SessionChange): void {
    const { name, origin } = this.#recording;
    this.#open().record(name, { origin }, { ...this.#signs, changed: () => undefined }, (session) => {
      session.commit(change);
    });
  }

  tell(facts: Partial<SessionFacts>): void {
    const { name, origin } = this.#recording;
    const store = this.#open();
    if (!store.has(name)) return; // no call was recorded
    store.record(name, { origin }, this.#signs, (session) => {
      session.tell(facts);
    });
  }

  over(): void {
    if (this.#owner === undefined) return; // no call was begun
    // The sign of the call that follows stands where its own stood.
    if (this.#recording.isLast(this.#n)) this.#signs.over();
    else this.#signs.changed();
    this.#owner.release();
    this.#owner = undefined;
  }

  #open(): SessionStore {
    const { stateDir } = this.#recording.place;
    makeStateFolder(stateDir, 'sessions');
    return new SessionStore(stateDir);
  }
}
