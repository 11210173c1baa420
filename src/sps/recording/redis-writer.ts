import type { SessionFacts } from '../store/session-facts.ts';
import type { BegunCall, HeldSession, SessionChange } from '../store/session-state.ts';
import { isInspected } from '../stores/redis-owner.ts';
import { RedisStore } from '../stores/redis-store.ts';
import type { RecordWriter } from './record-writer.ts';
import type { Recording } from './recording.ts';

/** How long a server that could not be reached is not asked again. */
const restMs = 10_000;

/** By address: when it may be asked again. */
const resting = new Map<string, number>();

/** Into the sessions of a Redis server. */
export class RedisWriter implements RecordWriter {
  readonly #store: RedisStore;
  readonly #recording: Recording;
  /** For what is written; until it is over. */
  #held: Promise<HeldSession> | undefined;

  private constructor(store: RedisStore, recording: Recording) {
    this.#store = store;
    this.#recording = recording;
  }

  /** Undefined when no inspector is open, or that is not known. */
  static async open(url: string, recording: Recording): Promise<RedisWriter | undefined> {
    if (performance.now() < (resting.get(url) ?? 0)) return undefined;
    let store: RedisStore | undefined;
    try {
      store = await RedisStore.open(url);
      if (await isInspected(store.link)) return new RedisWriter(store, recording);
    } catch {
      resting.set(url, performance.now() + restMs);
    }
    await store?.[Symbol.asyncDispose]();
    return undefined;
  }

  #hold(): Promise<HeldSession> {
    const { name, origin } = this.#recording;
    return (this.#held ??= this.#store.open(name, { first: { origin } }));
  }

  async begun(call: BegunCall): Promise<void> {
    await (await this.#hold()).begin(call);
  }

  async commit(change: SessionChange): Promise<void> {
    await (await this.#hold()).commit(change);
  }

  async tell(facts: Partial<SessionFacts>): Promise<void> {
    if (!(await this.#store.has(this.#recording.name))) return; // no call was recorded
    await (await this.#hold()).tell(facts);
  }

  async over(): Promise<void> {
    try {
      await (await this.#held)?.close();
    } finally {
      await this.#store[Symbol.asyncDispose]();
    }
  }
}
