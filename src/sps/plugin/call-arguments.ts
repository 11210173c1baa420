import type { JsonInputObject } from '../../base/json-input.ts';

/**
 * Data that one call leaves for a later one; `{}` at first. What a hook returns replaces it as a whole, and without the
 * key it stays. Declare what you keep: `{ cookie }: AuthenticateArguments & { cookie: { tries?: number } }`.
 */
export type Cookie = JsonInputObject;

/** What every hook receives. */
export interface CallArguments {
  /** Such as `svc/hjdBxA2UWkTadH3juDVwrT/my_connection:0`. */
  session_id: string;
  /** Of this plugin in this session. */
  cookie: Cookie;
  /** Of all plugins in this session. */
  session_cookie: Cookie;
}

/** What every hook but `session_ended` may return. */
export interface CookieResult {
  /** Replaces the plugin's cookie. */
  cookie?: Cookie;
  /** Replaces the session cookie. */
  session_cookie?: Cookie;
}

export type SessionEndedArguments = CallArguments;
