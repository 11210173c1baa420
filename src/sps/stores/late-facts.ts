import { setTimeout as sleep } from 'node:timers/promises';
import type { SessionFacts } from '../store/session-facts.ts';
import type { StoredSessions } from '../store/stored-sessions.ts';

const pauseMs = 2000;

/** What became known about sessions while their place could not be reached; written, in the background, once it can be. */
export class LateFacts {
  readonly #store: Pick<StoredSessions, 'has' | 'readFacts' | 'open'>;
  readonly #facts = new Map<string, Partial<SessionFacts>>();
  readonly #closing = new AbortController();
  #isWriting = false;

  constructor(store: Pick<StoredSessions, 'has' | 'readFacts' | 'open'>) {
    this.#store = store;
  }

  add(name: string, facts: Partial<SessionFacts>): void {
    this.#facts.set(name, { ...this.#facts.get(name), ...facts });
    if (this.#isWriting) return;
    this.#isWriting = true;
    void this.#writeAll().finally(() => {
      this.#isWriting = false;
    });
  }

  async #writeAll(): Promise<void> {
    while (!this.#isClosed() && this.#facts.size > 0) {
      await sleep(pauseMs, undefined, { ref: false });
      for (const [name, facts] of [...this.#facts]) {
        if (this.#isClosed() || !(await this.#write(name, facts))) break; // it is still away
        if (this.#facts.get(name) === facts) this.#facts.delete(name);
      }
    }
  }

  #isClosed(): boolean {
    return this.#closing.signal.aborted;
  }

  async #write(name: string, facts: Partial<SessionFacts>): Promise<boolean> {
    try {
      // Another host may have taken it over, and ended it.
      if (!(await this.#store.has(name)) || (await this.#store.readFacts(name)).ended !== null) return true;
      const session = await this.#store.open(name, { signal: this.#closing.signal });
      try {
        await session.tell(facts);
      } finally {
        await session.close();
      }
      return true;
    } catch {
      return false;
    }
  }

  close(): void {
    this.#closing.abort();
  }
}
