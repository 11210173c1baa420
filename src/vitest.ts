/**
 * Matchers for vitest on the record of `plugin.call`: `import 'plugin-host/vitest'` in a test or in `setupFiles` adds them to `expect`.
 */
import { expect } from 'vitest';
import type { JsonInputObject } from './base/json-input.ts';
import { createCallMatchers } from './sps/testing/create-call-matchers.ts';

/** What `expect(record)` can do in addition; failure messages mask secrets, unless the environment says PLUGIN_HOST_SHOW_SECRETS=1. */
export interface CallMatchers<R = void> {
  /** The verdict is ACCEPT. */
  toAccept: () => R;
  /** The verdict is DENY. */
  toDeny: () => R;
  /** The verdict is NEEDINFO, and the question has this key. */
  toAskFor: (key: string) => R;
  /** Exactly these, in this order; `[]` when none is found. */
  toReturnPasswords: (passwords: readonly string[]) => R;
  /** The plugin took more than its half of the proxy timeout. */
  toTimeOut: () => R;
  /** @param exception Class with its module unless built in (`ValueError`, `lib.client.VaultError`), or a pattern of the message. */
  toRaise: (exception?: string | RegExp) => R;
  /** The cookie after the call has these keys and values, and may have more. */
  toSetCookie: (cookie: JsonInputObject) => R;
}

declare module 'vitest' {
  // The parameters must be vitest's own, letter for letter.
  // eslint-disable-next-line @typescript-eslint/no-unused-vars, @typescript-eslint/no-empty-object-type -- it is merged with that of vitest
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> extends CallMatchers<R> {}
}

const shown = process.env['PLUGIN_HOST_SHOW_SECRETS'] ?? '';
expect.extend(createCallMatchers(shown !== '' && shown !== '0'));
