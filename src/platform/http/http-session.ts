import type { Run } from '../engine/run.ts';
import type { Value } from '../values/value.ts';
import { CookieJar } from './cookie-jar.ts';

/** What all requests of a run share. */
export interface HttpSession {
  /** A text, which may be secret. */
  baseAddress: Value | undefined;
  readonly cookies: CookieJar;
}

const sessions = new WeakMap<Run, HttpSession>();

export function httpSessionOf(run: Run): HttpSession {
  let session = sessions.get(run);
  if (session === undefined) sessions.set(run, (session = { baseAddress: undefined, cookies: new CookieJar() }));
  return session;
}
