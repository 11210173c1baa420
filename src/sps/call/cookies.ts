/**
 * JSON texts of the two cookies, by their wire names. They stay text between calls, so that a number or the order of keys
 * is never changed by the host.
 */
export interface Cookies {
  /** One plugin's in one session. */
  cookie: string;
  /** Shared by the plugins of a session. */
  session_cookie: string;
}

export const emptyCookies: Cookies = { cookie: '{}', session_cookie: '{}' };
