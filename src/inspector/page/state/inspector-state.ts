import { parseFilter } from '../../filter/parse-filter.ts';
import { PageState } from './page-state.ts';
import { addressOf, readRoute, type Route } from './route.ts';
import { firstShown, isUnlisted, type OpenSession, withElement, withoutSession } from './shown.ts';
import { Refusal, type Source } from './source.ts';
import type { Call, Element, ReplayEdits, Summary } from './step.ts';

const firstSteps = 500;
const moreSteps = 5000;
const listMs = 120;

/** What the page shows, and what can be done in it. */
export class InspectorState extends PageState {
  readonly source: Source;
  #listTimer: ReturnType<typeof setTimeout> | undefined;
  #removing: string | undefined;

  constructor(source: Source, onChange: () => void) {
    super(firstShown(readRoute(source.isFile)), onChange);
    this.source = source;
  }

  /** Returns how to stop. */
  start(): () => void {
    const onAddress = (): void => {
      this.#follow(readRoute(this.source.isFile));
    };
    addEventListener('popstate', onAddress);
    addEventListener('hashchange', onAddress);
    const stop = this.source.listen({
      session: (element) => {
        this.#takeElement(element);
      },
      step: (session, step) => {
        this.#takeStep(session, step);
      },
      removed: (name) => {
        this.#takeRemoved(name);
      },
      started: (session, call) => {
        this.#takeCall(session, call);
      },
      reset: () => {
        this.#readAll();
      },
      connection: (connection) => {
        this.set({ connection });
      },
    });
    void this.attempt(async () => {
      this.set({ info: await this.source.info() });
    });
    this.#readAll();
    return () => {
      stop();
      removeEventListener('popstate', onAddress);
      removeEventListener('hashchange', onAddress);
    };
  }

  /** Changes the address, in a new entry of the history unless told otherwise. */
  go(change: Partial<Route>, { replace = false } = {}): void {
    const route = { ...this.shown.route, ...change };
    const address = addressOf(route, this.source.isFile);
    if (replace) history.replaceState(null, '', address);
    else history.pushState(null, '', address);
    this.#follow(route);
  }

  href(change: Partial<Route>): string {
    return addressOf({ ...this.shown.route, ...change }, this.source.isFile);
  }

  #follow(route: Route): void {
    const former = this.shown.route;
    this.set({ route, filter: parseFilter(route.q), alert: undefined });
    if (route.q !== former.q) this.#readListSoon(0);
    if (route.session !== former.session) void this.#openSession();
    else if (route.step !== former.step) void this.#openStep();
  }

  #readAll(): void {
    this.#readListSoon(0);
    void this.#openSession();
  }

  #readListSoon(afterMs = listMs): void {
    if (afterMs > 0 && this.#listTimer !== undefined) return; // else it would never be read while much happens
    clearTimeout(this.#listTimer);
    this.#listTimer = setTimeout(() => {
      this.#listTimer = undefined;
      void this.attempt(async () => {
        const { q } = this.shown.route;
        const list = await this.source.sessions(q, 0);
        if (q === this.shown.route.q) this.set({ list });
      });
    }, afterMs);
  }

  /** Those that come after the known ones. */
  readMoreSessions(): void {
    const { list, route } = this.shown;
    if (list === undefined || list.sessions.length >= list.matched) return;
    void this.attempt(async () => {
      const more = await this.source.sessions(route.q, list.sessions.length);
      if (this.shown.list === list) this.set({ list: { ...more, sessions: [...list.sessions, ...more.sessions] } });
    });
  }

  async #openSession(): Promise<void> {
    const { session: name } = this.shown.route;
    if (name === undefined) {
      this.set({ open: undefined, step: undefined });
      return;
    }
    const isOther = this.shown.open?.name !== name;
    const running = this.shown.running.get(name);
    if (isOther) {
      this.set({ open: { name, element: undefined, steps: [], running, isUnknown: false }, step: undefined });
    }
    const opened = this.#openStep();
    const isHere = (): boolean => this.shown.open?.name === name && this.shown.route.session === name;
    await this.attempt(async () => {
      const [element, { steps }] = await Promise.all([
        this.source.element(name),
        this.source.steps(name, 1, firstSteps),
      ]).catch((error: unknown) => {
        if (error instanceof Refusal && error.code === 'SESSION_NOT_FOUND' && isHere()) {
          this.set({ open: { name, element: undefined, steps: [], running: undefined, isUnknown: true } });
          return [undefined, { steps: [] }] as const;
        }
        throw error;
      });
      if (!isHere() || element === undefined) return;
      let all: readonly Summary[] = steps;
      this.set({ open: { name, element, steps: all, running, isUnknown: false } });
      for (let got = steps.length; got === firstSteps || got === moreSteps;) {
        const more = await this.source.steps(name, (all.at(-1)?.n ?? 0) + 1, moreSteps);
        if (!isHere()) return;
        got = more.steps.length;
        all = [...all, ...more.steps];
        this.#setOpen({ steps: all });
      }
    });
    await opened;
  }

  async #openStep(): Promise<void> {
    const { session, step: n } = this.shown.route;
    if (session === undefined || n === undefined) {
      this.set({ step: undefined });
      return;
    }
    const isHere = (): boolean => this.shown.route.session === session && this.shown.route.step === n;
    await this.attempt(async () => {
      const found = await this.source.step(session, n).catch((error: unknown) => {
        if (error instanceof Refusal && error.code === 'SESSION_NOT_FOUND') return undefined; // the session says it
        throw error;
      });
      if (!isHere()) return;
      if (found === undefined) {
        this.set({ step: undefined });
        return;
      }
      const { step, text } = found;
      const former = this.shown.step;
      const input = former?.session === session && former.n === n ? former.input : undefined;
      this.set({ step: { session, n, step, text, input } });
      const given = await this.source.input(session, n);
      if (isHere()) this.set({ step: { session, n, step, text, input: given } });
    });
  }

  #takeElement(element: Element): void {
    const { list, open, filter } = this.shown;
    if (element.name === open?.name) this.#setOpen({ element, isUnknown: false });
    const isShown = list !== undefined && filter.words.length === 0;
    if (!isShown || isUnlisted(list, element.name)) this.#readListSoon(); // also for the counts
    if (isShown) this.set({ list: withElement(list, element) });
  }

  #takeStep(session: string, step: Summary): void {
    const running = new Map(this.shown.running);
    if ((running.get(session)?.n ?? Infinity) <= step.n) running.delete(session);
    this.set({ running });
    const { open, route } = this.shown;
    if (open?.name !== session) return;
    const last = open.steps.at(-1)?.n ?? 0;
    if (step.n > last + 1) void this.#openSession();
    else {
      const steps = step.n > last ? [...open.steps, step] : open.steps.map((each) => (each.n === step.n ? step : each));
      this.#setOpen({ steps, running: running.get(session) });
    }
    // It may hold the answer to the question of the open step, or what is secret in it.
    if (route.step !== undefined) void this.#openStep();
  }

  #takeCall(session: string, call: Call): void {
    this.set({ running: new Map(this.shown.running).set(session, call) });
    if (this.shown.open?.name === session) this.#setOpen({ running: call, isUnknown: false });
    if (this.shown.filter.words.length > 0) this.#readListSoon();
  }

  #takeRemoved(name: string): void {
    const { list, open } = this.shown;
    if (list !== undefined && this.shown.filter.words.length === 0) {
      if (isUnlisted(list, name)) this.#readListSoon();
      this.set({ list: withoutSession(list, name) });
    } else this.#readListSoon();
    if (open?.name === name && name !== this.#removing) void this.#openSession();
  }

  /** Calls the open step again, or each step when none is open. */
  async replay(edits: ReplayEdits = {}): Promise<void> {
    const { session, step } = this.shown.route;
    if (session === undefined || this.shown.isReplaying || this.source.isFile) return;
    this.set({ isReplaying: true, replay: undefined });
    await this.attempt(async () => {
      const result = await this.source.replay(session, step, edits);
      this.set({ replay: { key: `${session}/${step ?? ''}`, result } });
    });
    this.set({ isReplaying: false });
  }

  async end(): Promise<void> {
    const { session } = this.shown.route;
    if (session === undefined) return;
    await this.attempt(async () => {
      await this.source.end(session);
      this.say('the session is ended');
    });
  }

  async remove(): Promise<void> {
    const { session } = this.shown.route;
    if (session === undefined) return;
    this.#removing = session;
    await this.attempt(async () => {
      await this.source.remove(session);
      this.go({ session: undefined, step: undefined });
      this.say(`${session} is removed`);
    });
    this.#removing = undefined;
  }

  #setOpen(change: Partial<OpenSession>): void {
    if (this.shown.open !== undefined) this.set({ open: { ...this.shown.open, ...change } });
  }
}
