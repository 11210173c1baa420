import path from 'node:path';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { isHiddenName } from '../../sps/recording/is-hidden-name.ts';
import { type Origin, origins } from '../../sps/store/session-facts.ts';
import { SessionStore } from '../../sps/store/session-store.ts';
import { toShownStep } from '../../sps/store/shown-step.ts';
import { listBegunCalls, watchSessions } from '../../sps/store/watch-sessions.ts';
import { stampAtRest } from '../../state/stamp-at-rest.ts';
import { facetsOfCall, facetsOfSession } from '../filter/facets-of-step.ts';
import { type Facets, matchesSession, needsSteps } from '../filter/matches-session.ts';
import type { Filter } from '../filter/parse-filter.ts';
import { compareNewest } from './compare-newest.ts';
import { EventLog, type LoggedEvent } from './event-log.ts';
import { HiddenRing } from './hidden-ring.ts';
import { KeptEntries } from './kept-entries.ts';
import { type SessionElement, summaryOf } from './session-element.ts';
import { emptyElement, isSeenChange, readEntry, readHead, type SessionEntry, unreadEntry } from './session-entry.ts';
import { StepCache } from './step-cache.ts';

export interface IndexOptions {
  stateDir: string;
  showSecrets: boolean;
  /** How many of the sessions that were recorded for an inspector stay. */
  keep: number;
}

/** Work after which others get their turn. */
const turnMs = 20;

/** All sessions of a state folder as they are now, and what happens to them. */
export class SessionIndex {
  readonly events = new EventLog();
  readonly store: SessionStore;
  readonly cache: StepCache;
  readonly options: IndexOptions;
  readonly #entries = new Map<string, SessionEntry>();
  readonly #watch: { close: () => void };
  readonly #ring: HiddenRing;
  readonly #kept: KeptEntries | undefined;
  /** How many sessions were read since they were kept. */
  #anew = 0;
  /** It is known which sessions there are. */
  readonly #listed: Promise<void>;
  /** Their steps have been read too. */
  readonly #ready: Promise<void>;
  #isListed = false;
  #isReady = false;
  #isClosed = false;

  /** @throws PluginHostError STATE_UNWRITABLE, STATE_UNTRUSTED */
  constructor(options: IndexOptions) {
    this.options = options;
    this.store = new SessionStore(options.stateDir);
    this.cache = new StepCache(this.store, options.showSecrets);
    this.#ring = new HiddenRing(this.store, options.keep);
    this.#watch = watchSessions(options.stateDir, (name) => {
      if (name !== undefined) this.#update(name);
      else void this.#updateAll();
    });
    this.#kept = options.showSecrets ? undefined : new KeptEntries(options.stateDir); // they are masked
    this.#listed = this.#readHeads();
    this.#ready = this.#readAll();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#keep();
    this.#isClosed = true;
    this.#watch.close();
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
    for (const { name } of chosen) this.#complete(name);
    const sessions = chosen.map((element) => this.#entries.get(element.name)?.element ?? element);
    return { matched: found.length, sessions };
  }

  async #readHeads(): Promise<void> {
    const begun = new Set(listBegunCalls(this.options.stateDir));
    await this.#inTurns([...this.store.names(), ...begun], (name) => {
      if (begun.has(name)) this.#update(name);
      else if (!this.#entries.has(name)) this.#readHead(name);
    });
    this.#kept?.forget();
    this.#isListed = !this.#isClosed;
  }

  async #readAll(): Promise<void> {
    await this.#listed;
    await this.#inTurns([...this.#entries.keys()], (name) => {
      this.#complete(name);
    });
    this.#isReady = !this.#isClosed;
    this.#ring.removeOldest(this.#entries.values());
    this.#keep();
  }

  /** Reads the steps of a session where that has not been done. */
  #complete(name: string): void {
    if (this.#entries.get(name)?.isHead === true) this.#update(name, { isTold: false });
  }

  async #updateAll(): Promise<void> {
    const begun = new Set(listBegunCalls(this.options.stateDir));
    await this.#inTurns([...this.store.names(), ...begun, ...this.#entries.keys()], (name) => {
      const { stamp, running } = this.#entries.get(name) ?? {};
      const isAsBefore = stamp !== undefined && stamp === this.#stampOf(name);
      if (begun.has(name) || running !== undefined || !isAsBefore) this.#update(name);
    });
  }

  async #inTurns(names: readonly string[], work: (name: string) => void): Promise<void> {
    let startedAt = performance.now();
    for (const name of new Set(names)) {
      if (this.#isClosed) return;
      work(name);
      if (performance.now() - startedAt < turnMs) continue;
      await new Promise(setImmediate);
      startedAt = performance.now();
    }
  }

  #stampOf(name: string): string | undefined {
    return stampAtRest(path.join(this.options.stateDir, 'sessions', `${name}.db`));
  }

  #readHead(name: string): void {
    const kept = this.#kept?.get(name);
    if (kept !== undefined && kept.stamp === this.#stampOf(name)) {
      this.#entries.set(name, { ...unreadEntry(kept.element), ...kept, secrets: undefined });
      return;
    }
    const head = this.#try(name, () =>
      this.store.has(name)
        ? this.store.look(name, (reader) => readHead(reader, name, this.options.showSecrets))
        : undefined,
    );
    if (head !== undefined && (head.element.steps > 0 || head.element.problem !== null)) this.#entries.set(name, head);
  }

  /** Reads what has changed in a session, and tells it. @param isTold Somebody said that it has changed. */
  #update(name: string, { isTold = true } = {}): void {
    if (this.#isClosed) return;
    const former = this.#entries.get(name);
    const next = this.#try(name, () => this.#read(name, former, isTold));
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
  #try(name: string, read: () => SessionEntry | undefined): SessionEntry | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof PluginHostError)) throw error;
      return unreadEntry(emptyElement(name, error.message));
    }
  }

  /** Undefined: there is no such session, or nothing in it. */
  #read(name: string, former: SessionEntry | undefined, isTold: boolean): SessionEntry | undefined {
    const { store, options } = this;
    const running = isTold ? store.callUnderWay(name) : undefined;
    if (!store.has(name)) {
      if (running === undefined) return undefined;
      const element = { ...emptyElement(name), origin: originOf(name), createdAt: running.startedAt };
      return { ...unreadEntry(element), running };
    }
    // A call that begins with the next number: nothing was stored since.
    if (running !== undefined && former?.element.steps === running.n - 1 && former.running === undefined) {
      return { ...former, running };
    }
    const stamp = this.#stampOf(name);
    const { entry, added, isOther } = store.look(name, (reader) =>
      readEntry(reader, name, { former, showSecrets: options.showSecrets, isTold }),
    );
    const { steps } = entry.element;
    const isUnderWay = running !== undefined && running.n > steps;
    if (steps === 0 && !isUnderWay) return undefined;
    if (isOther) this.#tell('removed', { session: name });
    const session = { steps: added, secrets: entry.secrets, showSecrets: options.showSecrets };
    for (const step of added) this.#tell('step', { session: name, step: summaryOf(toShownStep(step, session)) });
    return { ...entry, running: isUnderWay ? running : undefined, stamp, isHead: false };
  }
}

function matchesEntry(filter: Filter, { element, facets, running }: SessionEntry): boolean {
  if (filter.words.length === 0) return true;
  const calls: Facets[] = running === undefined ? [] : [facetsOfCall(running)];
  return matchesSession(filter, facetsOfSession(element, running !== undefined), [...facets, ...calls]);
}

function originOf(name: string): Origin | null {
  return origins.find((each) => isHiddenName(name) && name.startsWith(`_${each}-`)) ?? null;
}
