import { PluginHostError } from '../../base/plugin-host-error.ts';
import { isHiddenName } from '../../sps/recording/is-hidden-name.ts';
import { type Origin, origins } from '../../sps/store/session-facts.ts';
import { SessionStore } from '../../sps/store/session-store.ts';
import { toShownStep } from '../../sps/store/shown-step.ts';
import { watchSessions } from '../../sps/store/watch-sessions.ts';
import { facetsOfCall, facetsOfSession } from '../filter/facets-of-step.ts';
import { type Facets, matchesSession } from '../filter/matches-session.ts';
import type { Filter } from '../filter/parse-filter.ts';
import { EventLog } from './event-log.ts';
import { type SessionElement, summaryOf } from './session-element.ts';
import { emptyElement, readEntry, type SessionEntry } from './session-entry.ts';
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
  readonly #removing = new Set<string>();
  /** Everything that was there at the start is known. */
  readonly ready: Promise<void>;
  #isReady = false;
  #isClosed = false;

  /** @throws PluginHostError STATE_UNWRITABLE, STATE_UNTRUSTED */
  constructor(options: IndexOptions) {
    this.options = options;
    this.store = new SessionStore(options.stateDir);
    this.cache = new StepCache(this.store, options.showSecrets);
    this.#watch = watchSessions(options.stateDir, (name) => {
      if (name !== undefined) this.#update(name);
      else void this.#updateAll();
    });
    this.ready = this.#updateAll().then(() => {
      this.#isReady = true;
    });
  }

  close(): void {
    this.#isClosed = true;
    this.#watch.close();
  }

  get size(): number {
    return this.#entries.size;
  }

  get(name: string): SessionEntry | undefined {
    return this.#entries.get(name);
  }

  /** Newest first. */
  list(filter: Filter): SessionElement[] {
    const found = [...this.#entries.values()].filter((each) => matchesEntry(filter, each));
    return found.map(({ element }) => element).sort((one, other) => compareNewest(one, other));
  }

  async #updateAll(): Promise<void> {
    let startedAt = performance.now();
    const names = new Set([...this.store.names(), ...this.#entries.keys()]);
    for (const name of names) {
      if (this.#isClosed) return;
      this.#update(name);
      if (performance.now() - startedAt < turnMs) continue;
      await new Promise(setImmediate);
      startedAt = performance.now();
    }
  }

  /** Reads what has changed in a session, and tells it. */
  #update(name: string): void {
    if (this.#isClosed) return;
    const former = this.#entries.get(name);
    const next = this.#read(name, former);
    if (next === undefined) {
      if (former === undefined) return;
      this.#entries.delete(name);
      this.cache.forget(name);
      this.events.add('removed', { session: name });
      return;
    }
    this.#entries.set(name, next);
    const { running } = next;
    const isNewCall = running !== undefined && running.startedAt !== former?.running?.startedAt;
    const isChanged = JSON.stringify(former?.element) !== JSON.stringify(next.element);
    if (isChanged || former?.running?.startedAt !== running?.startedAt) this.events.add('session', next.element);
    if (isNewCall) {
      const { n, hook, plugin, startedAt } = running;
      this.events.add('started', { session: name, n, hook, plugin, startedAt });
    }
    // One with a call under way stays, so its end counts as its beginning does.
    const hasEnded = former?.running !== undefined && running === undefined;
    if (isHiddenName(name) && (former === undefined || hasEnded)) this.#removeOldest();
  }

  /** Undefined: there is no such session, or nothing in it. */
  #read(name: string, former: SessionEntry | undefined): SessionEntry | undefined {
    const { store, options } = this;
    try {
      const running = store.callUnderWay(name);
      if (!store.has(name)) {
        if (running === undefined) return undefined;
        const element = { ...emptyElement(name, { origin: originOf(name) }), createdAt: running.startedAt };
        return { element, facets: [], secrets: { values: [], names: [] }, running };
      }
      const { entry, added, isOther } = store.look(name, (reader) =>
        readEntry(reader, name, former, options.showSecrets),
      );
      const { steps } = entry.element;
      const isUnderWay = running !== undefined && running.n > steps;
      if (steps === 0 && !isUnderWay) return undefined;
      if (isOther) this.events.add('removed', { session: name });
      // At the start nobody has seen anything yet.
      if (this.#isReady)
        this.#tellSteps(
          name,
          added.map(({ n }) => n),
        );
      return { ...entry, running: isUnderWay ? running : undefined };
    } catch (error) {
      if (!(error instanceof PluginHostError)) throw error;
      const element = { ...emptyElement(name), problem: error.message };
      return { element, facets: [], secrets: { values: [], names: [] }, running: undefined };
    }
  }

  #tellSteps(name: string, numbers: readonly number[]): void {
    if (numbers.length === 0) return;
    const session = this.cache.read(name);
    const added = session.steps.filter(({ n }) => numbers.includes(n));
    for (const step of added) {
      this.events.add('step', { session: name, step: summaryOf(toShownStep(step, session)) });
    }
  }

  /** Of the sessions that nobody named, the newest stay; one with a call under way too. */
  #removeOldest(): void {
    const hidden = [...this.#entries.values()]
      .filter(({ element, running }) => isHiddenName(element.name) && running === undefined)
      .map(({ element }) => element)
      .sort(compareNewest);
    for (const { name } of hidden.slice(this.options.keep)) {
      if (this.#removing.has(name)) continue;
      this.#removing.add(name);
      // Another inspector may have removed it.
      void this.store
        .remove(name)
        .catch(() => undefined)
        .finally(() => this.#removing.delete(name));
    }
  }
}

function matchesEntry(filter: Filter, { element, facets, running }: SessionEntry): boolean {
  if (filter.words.length === 0) return true;
  const calls: Facets[] = running === undefined ? [] : [facetsOfCall(running)];
  return matchesSession(filter, facetsOfSession(element, running !== undefined), [...facets, ...calls]);
}

function compareNewest(one: SessionElement, other: SessionElement): number {
  const [first, second] = [one, other].map(({ lastAt, createdAt }) => lastAt ?? createdAt);
  return (second ?? '').localeCompare(first ?? '') || one.name.localeCompare(other.name);
}

function originOf(name: string): Origin | null {
  return origins.find((each) => isHiddenName(name) && name.startsWith(`_${each}-`)) ?? null;
}
