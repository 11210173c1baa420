import { isHiddenName } from '../../sps/recording/is-hidden-name.ts';
import type { StoredSessions } from '../../sps/store/stored-sessions.ts';
import { compareNewest } from './compare-newest.ts';
import type { SessionEntry } from './session-entry.ts';

/** Of the sessions that nobody named, the newest stay; one with a call under way too. */
export class HiddenRing {
  readonly #store: StoredSessions;
  readonly #keep: number;
  readonly #removing = new Set<string>();

  constructor(store: StoredSessions, keep: number) {
    this.#store = store;
    this.#keep = keep;
  }

  /** @param entries Of all sessions */
  removeOldest(entries: Iterable<SessionEntry>): void {
    const hidden = [...entries]
      .filter(({ element, running }) => isHiddenName(element.name) && running === undefined)
      .map(({ element }) => element)
      .sort(compareNewest);
    for (const { name } of hidden.slice(this.#keep)) {
      if (this.#removing.has(name)) continue;
      this.#removing.add(name);
      // Another inspector may have removed it.
      void this.#store
        .remove(name)
        .catch(() => undefined)
        .finally(() => this.#removing.delete(name));
    }
  }
}
