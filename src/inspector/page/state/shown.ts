import { facetsOfCall, facetsOfSession, facetsOfStep } from '../../filter/facets-of-step.ts';
import { matchesStep } from '../../filter/matches-session.ts';
import { type Filter, parseFilter } from '../../filter/parse-filter.ts';
import type { Route } from './route.ts';
import type { Connection } from './source.ts';
import type { Call, Element, Info, Input, Replayed, Step, Summary } from './step.ts';

/** A session that is open. */
export interface OpenSession {
  name: string;
  element: Element | undefined;
  steps: readonly Summary[];
  running: Call | undefined;
  isUnknown: boolean;
}

/** A step that is open, with what is fetched of it. */
export interface OpenStep {
  session: string;
  n: number;
  step: Step;
  /** JSON, as it came. */
  text: string;
  input: Input | undefined;
}

export interface Shown {
  route: Route;
  filter: Filter;
  info: Info | undefined;
  connection: Connection | undefined;
  list: { total: number; matched: number; sessions: readonly Element[] } | undefined;
  /** By name of the session. */
  running: ReadonlyMap<string, Call>;
  open: OpenSession | undefined;
  step: OpenStep | undefined;
  replay: { key: string; result: Replayed } | undefined;
  isReplaying: boolean;
  /** What went wrong, or was done. */
  alert: string | undefined;
  note: string | undefined;
}

/** The steps of a session that the filter leaves in. */
export function matchingSteps({ element, steps }: OpenSession, filter: Filter): readonly Summary[] {
  if (filter.words.length === 0 || element === undefined) return steps;
  const session = facetsOfSession(element, false);
  return steps.filter((step) => matchesStep(filter, facetsOfStep(step), session));
}

/** The call of a session that is under way, when the filter leaves it in. */
export function matchingCall({ element, running }: OpenSession, filter: Filter): Call | undefined {
  if (running === undefined || filter.words.length === 0 || element === undefined) return running;
  return matchesStep(filter, facetsOfCall(running), facetsOfSession(element, true)) ? running : undefined;
}

/** Before anything has come. */
export function firstShown(route: Route): Shown {
  return {
    route,
    filter: parseFilter(route.q),
    info: undefined,
    connection: undefined,
    list: undefined,
    running: new Map(),
    open: undefined,
    step: undefined,
    replay: undefined,
    isReplaying: false,
    alert: undefined,
    note: undefined,
  };
}

type List = NonNullable<Shown['list']>;

/** Whether it is not known if a session was there before: not all are listed, and it is not. */
export function isUnlisted({ sessions, total }: List, name: string): boolean {
  return sessions.length < total && !sessions.some((each) => each.name === name);
}

/** With a session that is new or has changed, newest first. */
export function withElement(list: List, element: Element): List {
  const others = list.sessions.filter(({ name }) => name !== element.name);
  const more = others.length === list.sessions.length ? 1 : 0;
  const sessions = [element, ...others].sort(compareNewest);
  return { total: list.total + more, matched: list.matched + more, sessions };
}

export function withoutSession(list: List, name: string): List {
  const sessions = list.sessions.filter((each) => each.name !== name);
  const less = list.sessions.length - sessions.length;
  return { total: list.total - less, matched: list.matched - less, sessions };
}

function compareNewest(one: Element, other: Element): number {
  return (
    (other.lastAt ?? other.createdAt).localeCompare(one.lastAt ?? one.createdAt) || one.name.localeCompare(other.name)
  );
}
