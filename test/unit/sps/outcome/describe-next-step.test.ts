import { expect, test } from 'vitest';
import type { Json } from '../../../../src/base/json.ts';
import { describeNextStep } from '../../../../src/sps/outcome/describe-next-step.ts';
import type { Meaning } from '../../../../src/sps/outcome/outcome.ts';
import { findHook, type Verdict } from '../../../../src/sps/plugin/find-hook.ts';

const returned = (value: Json): Meaning => ({ kind: 'returned', value });
const crashed: Meaning = { kind: 'crashed', exitCode: 1, signal: null };

test.each<[string, Meaning, Verdict | null, RegExp]>([
  ['authenticate', returned({ gateway_user: 'w' }), 'ACCEPT', /^The user is w from now on\. Next: authorize\.$/],
  ['authenticate', returned({}), 'ACCEPT', /gateway user stays as SPS had it/],
  ['authenticate', returned(null), 'NONE', /without gateway authentication/],
  ['authenticate', returned({ reason: 'No.' }), 'DENY', /the user is shown "No\."; session_ended is still called/],
  ['authenticate', returned({}), 'DENY', /given no reason/],
  [
    'authorize',
    returned({ question: ['k', 'Q? ', true] }),
    'NEEDINFO',
    /asked "Q\? " \(echo off\); then authorize .* key_value_pairs\.k/,
  ],
  ['authorize', returned({}), 'ACCEPT', /goes on to the target/],
  ['authorize', crashed, null, /session ends; the user sees a closed connection/],
  ['authentication_completed', crashed, null, /only logs this.*goes on/],
  ['session_ended', crashed, null, /only logs this/],
  ['session_ended', returned(null), null, /is over/],
  ['get_password_list', returned({ passwords: ['a', 'b'] }), null, /tries 2 passwords/],
  ['get_password_list', returned(null), null, /asked for the server password/],
  ['get_private_key_list', returned({ private_keys: [['t', 'k']] }), null, /tries 1 key on/],
  ['get_private_key_list', returned({}), null, /goes on with passwords/],
  ['get_remote_app_credentials', returned({ passwords: [] }), null, /launcher asks the user/],
  ['get_totp_codes', returned({}), null, /does not support TOTP/],
  ['get_totp_codes', returned({ totp_codes: [] }), null, /^SPS has 0 codes at hand\.$/],
  ['get_remote_app_credentials', returned({ passwords: ['a'] }), null, /launcher logs in/],
  ['authentication_completed', returned(null), null, /^The session goes on\.$/],
])('after %s with %j and %s', (name, meaning, verdict, sentence) => {
  const hook = findHook('aa', name) ?? findHook('credentialstore', name);
  expect(hook && describeNextStep(hook, meaning, verdict)).toMatch(sentence);
});
