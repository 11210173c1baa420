import { PluginHostError } from '../../base/plugin-host-error.ts';
import { isHiddenName } from '../../sps/recording/is-hidden-name.ts';
import { toShownStep } from '../../sps/store/shown-step.ts';
import { noSteps, type StoredSessions } from '../../sps/store/stored-sessions.ts';
import { needsSteps } from '../filter/matches-session.ts';
import type { Filter } from '../filter/parse-filter.ts';
import { compareNewest } from './compare-newest.ts';
import { EventLog, type LoggedEvent } from './event-log.ts';
import { HiddenRing } from './hidden-ring.ts';
import { KeptEntries } from './kept-entries.ts';
import { matchesEntry } from './matches-entry.ts';
import { isUnreachable, readChanges } from './read-changes.ts';
import { type SessionElement, summaryOf } from './session-element.ts';
import { emptyElement, isSeenChange, readHead, type SessionEntry, unreadEntry } from './session-entry.ts';
import { StepCache } from './step-cache.ts';
import { Turns } from './turns.ts';

export interface IndexOptions {
  store: StoredSessions;
  /** Folder where what was read is kept; undefined: nowhere. */
  keptIn?: string | undefined;
  showSecrets: boolean;
  /** How many of the sessions that were recorded for an inspector stay. */
  keep: number;
}

/** Work after which others get their turn. */
const turnMs = 20;

/** How often it is asked whether a call that is shown is still under way: who was killed says nothing. */
const lookMs = 5000;

/** Whether somebody said that a session has changed. */
interface Told {
  isTold: boolean;
}

/** All sessions of a state as they are now, and what happens to them. */
export class SessionIndex {
  readonly events = new EventLog();
  readonly store: StoredSessions;
  readonly cache: StepCache;
  readonly options: IndexOptions;
  readonly #entries = new Map<string, SessionEntry>();
  readonly #looking: NodeJS.Timeout;
  readonly #turns = new Turns<Told>((name, told) => this.#updateNow(name, told));
  readonly #ring: HiddenRing;
  readonly #kept: KeptEntries | undefined;
  /** How many sessions were read since they were kept. */
  #anew = 0;
  /** It is known which sessions there are. */
  #listed = Promise.resolve();
  /** Their steps have been read too. */
  #ready = Promise.resolve();
  #isListed = false;
  #isReady = false;
  #isClosed = false;

  #watch: { close: () => void } | undefined;

  private constructor(options: IndexOptions) {
    this.options = options;
    this.store = options.store;
    this.cache = new StepCache(this.store, options.showSecrets);
    this.#ring = new HiddenRing(this.store, options.keep);
    const { keptIn, showSecrets } = options;
    this.#kept = keptIn === undefined || showSecrets ? undefined : new KeptEntries(keptIn); // they are masked
    this.#looking = setInterval(() => void this.#lookAtRunning(), lookMs).unref();
  }

  /** @throws PluginHostError STATE_UNWRITABLE, STATE_UNTRUSTED, STATE_UNREACHABLE */
  static async open(options: IndexOptions): Promise<SessionIndex> {
    const index = new SessionIndex(options);
    index.#watch = await options.store.watch((name) => {
      if (name !== undefined) void index.#update(name);
      else void index.#updateAll();
    });
    index.#listed = index.#readHeads();
    index.#ready = index.#readAll();
    return index;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#keep();
    this.#isClosed = true;
    clearInterval(this.#looking);
    this.#watch?.close();
  }

  /** For the next inspector. */
  #keep(): void {
    if (!this.#isReady) return;
    this.#kept?.write([...this.#entries.values()], this.#anew);
    this.#anew = 0;
  }

  get(name: string): SessionEntry | undefined {
    return this.#entries.get(name);
  }

  /** How many sessions there are. */
  async count(): Promise<number> {
    await this.#listed;
    return this.#entries.size;
  }

  /** Some of the sessions that a filter leaves in, newest first, and how many there are. */
  async find(filter: Filter, offset: number, limit: number): Promise<{ matched: number; sessions: SessionElement[] }> {
    await (needsSteps(filter) ? this.#ready : this.#listed);
    const found = [...this.#entries.values()]
      .filter((each) => matchesEntry(filter, each))
      .map(({ element }) => element)
      .sort(compareNewest);
    const chosen = found.slice(offset, offset + limit);
    for (const { name } of chosen) await this.#complete(name);
    const sessions = chosen.map((element) => this.#entries.get(element.name)?.element ?? element);
    return { matched: found.length, sessions };
  }

  async #readHeads(): Promise<void> {
    const begun = new Set(await this.store.begunCalls());
    await this.#inTurns([...(await this.store.names()), ...begun], async (name) => {
      if (begun.has(name)) await this.#update(name);
      else if (!this.#entries.has(name)) await this.#readHead(name);
    });
    this.#kept?.forget();
    this.#isListed = !this.#isClosed;
  }

  async #readAll(): Promise<void> {
    await this.#listed;
    await this.#inTurns([...this.#entries.keys()], (name) => this.#complete(name));
    this.#isReady = !this.#isClosed;
    this.#ring.removeOldest(this.#entries.values());
    this.#keep();
  }

  /** Reads the steps of a session where that has not been done. */
  async #complete(name: string): Promise<void> {
    if (this.#entries.get(name)?.isHead === true) await this.#update(name, { isTold: false });
  }

  async #updateAll(): Promise<void> {
    try {
      const begun = new Set(await this.store.begunCalls());
      await this.#inTurns([...(await this.store.names()), ...begun, ...this.#entries.keys()], async (name) => {
        const { stamp, running } = this.#entries.get(name) ?? {};
        const isAsBefore = stamp !== undefined && stamp === this.store.stampOf(name);
        if (begun.has(name) || running !== undefined || !isAsBefore) await this.#update(name);
      });
    } catch (error) {
      if (!isUnreachable(error)) throw error; // once it can be reached again, everything may have changed
    }
  }

  async #lookAtRunning(): Promise<void> {
    for (const [name, { running }] of [...this.#entries]) if (running !== undefined) await this.#update(name);
  }

  async #inTurns(names: readonly string[], work: (name: string) => Promise<void>): Promise<void> {
    let startedAt = performance.now();
    for (const name of new Set(names)) {
      if (this.#isClosed) return;
      await work(name);
      if (performance.now() - startedAt < turnMs) continue;
      await new Promise(setImmediate);
      startedAt = performance.now();
    }
  }

  async #readHead(name: string): Promise<void> {
    const kept = this.#kept?.get(name);
    if (kept !== undefined && kept.stamp === this.store.stampOf(name)) {
      this.#entries.set(name, { ...unreadEntry(kept.element), ...kept, secrets: undefined });
      return;
    }
    const head = await this.#try(name, async () =>
      (await this.store.has(name))
        ? this.store.look(name, (reader) => readHead(reader, name, this.options.showSecrets), noSteps)
        : undefined,
    );
    if (head !== undefined && (head.element.steps > 0 || head.element.problem !== null)) this.#entries.set(name, head);
  }

  /** Reads what has changed in a session, and tells it. @param isTold Somebody said that it has changed. */
  async #update(name: string, told: Told = { isTold: true }): Promise<void> {
    await this.#turns.take(name, told, (one, other) => ({ isTold: one.isTold || other.isTold }));
  }

  async #updateNow(name: string, { isTold }: Told): Promise<void> {
    if (this.#isClosed) return;
    const former = this.#entries.get(name);
    const next = await this.#try(name, () => this.#read(name, former, isTold));
    if (next === undefined) {
      if (former === undefined) return;
      this.#entries.delete(name);
      this.cache.forget(name);
      this.#tell('removed', { session: name });
      return;
    }
    this.#entries.set(name, next);
    this.#anew += 1;
    const { running } = next;
    if (isSeenChange(former, next)) this.#tell('session', next.element);
    if (running !== undefined && running.startedAt !== former?.running?.startedAt) {
      const { n, hook, plugin, startedAt } = running;
      this.#tell('started', { session: name, n, hook, plugin, startedAt });
    }
    // One with a call under way stays, so its end counts as its beginning does.
    const hasEnded = former?.running !== undefined && running === undefined;
    const mayBeOneMore = isHiddenName(name) && (former === undefined || hasEnded);
    if (this.#isReady && mayBeOneMore) this.#ring.removeOldest(this.#entries.values());
  }

  /** Before the sessions are listed nobody has seen anything yet. */
  #tell(type: LoggedEvent['type'], data: object): void {
    if (this.#isListed) this.events.add(type, data);
  }

  /** What cannot be read is listed with the reason. */
  async #try(name: string, read: () => Promise<SessionEntry | undefined>): Promise<SessionEntry | undefined> {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof PluginHostError)) throw error;
      if (error.code === 'SESSION_NOT_FOUND') return undefined; // removed meanwhile
      const former = this.#entries.get(name);
      return isUnreachable(error) && former !== undefined ? former : unreadEntry(emptyElement(name, error.message));
    }
  }

  async #read(name: string, former: SessionEntry | undefined, isTold: boolean): Promise<SessionEntry | undefined> {
    const { showSecrets } = this.options;
    const read = await readChanges(this.store, name, { former, showSecrets, isTold });
    if (read?.isOther === true) this.#tell('removed', { session: name });
    await this.#tellSteps(name, new Set(read?.added.map(({ n }) => n)));
    return read?.entry;
  }

  async #tellSteps(name: string, numbers: ReadonlySet<number>): Promise<void> {
    if (!this.#isListed || numbers.size === 0) return;
    const session = await this.cache.read(name);
    for (const step of session.steps.filter(({ n }) => numbers.has(n))) {
      this.#tell('step', { session: name, step: summaryOf(toShownStep(step, session)) });
    }
  }
}
