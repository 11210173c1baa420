import type { JsonObject } from '../../base/json.ts';
import type { Cookies } from '../call/cookies.ts';
import type { StoredStep } from './session-content.ts';
import type { SessionFacts } from './session-facts.ts';

/** A session held for one call; stored or in memory. */
export interface SessionState {
  cookiesOf: (plugin: string) => Cookies;
  answers: () => JsonObject;
  /** Keys of answers that were typed with echo off. */
  secretAnswers: () => readonly string[];
  knownSecrets: () => readonly string[];
  /** Says which call is under way, to those who watch the session. */
  begin: (call: BegunCall) => void;
  /** Keeps a finished call and lets go of the session. @throws PluginHostError why it cannot be kept */
  commit: (change: SessionChange) => void;
  /** Keeps what became known of the session as a whole, and lets go of it. @throws PluginHostError why it cannot be kept */
  tell: (facts: Partial<SessionFacts>) => void;
  /** Lets go of the session; what was not committed is as if it had not been. */
  close: () => void;
}

/** A call that is under way. */
export interface BegunCall {
  hook: string;
  /** Name of the plugin. */
  plugin: string;
  /** ISO 8601, UTC. */
  startedAt: string;
}

/** What a call changes in its session. */
export interface SessionChange {
  plugin: string;
  cookies: Cookies;
  answers: JsonObject;
  secretAnswers: readonly string[];
  step: Omit<StoredStep, 'n'>;
  /** What the call came to tell of the session. */
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
