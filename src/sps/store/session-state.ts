import type { JsonObject } from '../../base/json.ts';
import type { Cookies } from '../call/cookies.ts';
import type { StoredStep } from './session-content.ts';
import type { SessionFacts } from './session-facts.ts';

/** Of a store in the same process at once, of one on another machine later. */
export type Awaitable<T> = T | Promise<T>;

/** A session held for one call; stored or in memory. */
export interface SessionState {
  cookiesOf: (plugin: string) => Cookies;
  answers: () => JsonObject;
  /** Keys of answers that were typed with echo off. */
  secretAnswers: () => readonly string[];
  knownSecrets: () => readonly string[];
  /** Tells watchers of the session which call is running. */
  begin: (call: BegunCall) => Awaitable<void>;
  /** Stores a finished call and releases the session. @throws PluginHostError that says why it cannot be stored */
  commit: (change: SessionChange) => Awaitable<void>;
  /** Stores what became known about the session as a whole, and releases it. @throws PluginHostError that says why it cannot be stored */
  tell: (facts: Partial<SessionFacts>) => Awaitable<void>;
  /** Releases the session; what was not committed did not happen. */
  close: () => Awaitable<void>;
}

/** A stored session, held for one call. */
export interface HeldSession extends SessionState {
  held: () => Held;
}

/** A running call. */
export interface BegunCall {
  hook: string;
  /** Name of the plugin. */
  plugin: string;
  /** ISO 8601, UTC. */
  startedAt: string;
  /** Lock of the process that makes it, see `takeOwnerLock`; where it does not hold the session meanwhile. */
  owner?: string;
}

/** What a call changes in its session. */
export interface SessionChange {
  plugin: string;
  cookies: Cookies;
  answers: JsonObject;
  secretAnswers: readonly string[];
  step: Omit<StoredStep, 'n'>;
  /** What the call says about the session. */
  facts?: Partial<SessionFacts>;
}

/** What a call takes over from the calls before it. */
export interface Held {
  /** JSON texts by type and name of the plugin. */
  cookies: Record<string, string>;
  /** JSON text. */
  sessionCookie: string;
  answers: JsonObject;
  /** Keys of answers that were typed with echo off. */
  secretAnswers: string[];
  knownSecrets: string[];
}
