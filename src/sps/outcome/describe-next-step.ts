import { isJsonObject, type Json, showJson } from '../../base/json.ts';
import type { Hook, Verdict } from '../plugin/find-hook.ts';
import type { Meaning } from './outcome.ts';

/**
 * What SPS would do next, in one sentence.
 * Source: plugin guides 6.0.9 to 7.5 (errors end the session), administration guide 7.5 (fallback to the user's password).
 */
export function describeNextStep({ name }: Pick<Hook, 'name'>, meaning: Meaning, verdict: Verdict | null): string {
  if (name === 'session_ended') {
    return meaning.kind === 'returned' ? 'The session is over.' : 'SPS only logs this; the session is over anyway.';
  }
  if (meaning.kind !== 'returned') {
    if (name === 'authentication_completed')
      return 'SPS only logs this; the user is already connected and the session goes on.';
    return 'The session ends; the user sees a closed connection, the reason stands only in the log. session_ended is still called.';
  }
  return verdict === null ? describeCredentials(name, meaning.value) : describeVerdict(name, verdict, meaning.value);
}

function describeVerdict(hook: string, verdict: Verdict, value: Json): string {
  const result = isJsonObject(value) ? value : {};
  switch (verdict) {
    case 'ACCEPT':
      return hook === 'authenticate'
        ? `${describeUser(result['gateway_user'])} Next: authorize.`
        : 'The session goes on to the target.';
    case 'NONE':
      return 'The session goes on without gateway authentication by this plugin. Next: authorize.';
    case 'DENY': {
      const { reason } = result;
      const shown =
        typeof reason === 'string' ? `the user is shown ${JSON.stringify(reason)}` : 'the user is given no reason';
      return `The session ends, ${shown}; session_ended is still called.`;
    }
    case 'NEEDINFO': {
      const [key, prompt, disableEcho] = Array.isArray(result['question']) ? result['question'] : [];
      const echo = disableEcho === true ? ' (echo off)' : '';
      return `The user is asked ${JSON.stringify(prompt)}${echo}; then ${hook} is called again with the answer in key_value_pairs.${showJson(key)}.`;
    }
  }
}

function describeUser(user: Json | undefined): string {
  return typeof user === 'string' ? `The user is ${user} from now on.` : 'The gateway user stays as SPS had it.';
}

function describeCredentials(hook: string, value: Json): string {
  const result = isJsonObject(value) ? value : {};
  const count = (key: string): number => (Array.isArray(result[key]) ? result[key].length : 0);
  switch (hook) {
    case 'get_password_list':
      return count('passwords') > 0
        ? `SPS tries ${plural(count('passwords'), 'password')} on the target, in this order.`
        : 'No password found: the user is asked for the server password.';
    case 'get_private_key_list':
      return count('private_keys') > 0
        ? `SPS tries ${plural(count('private_keys'), 'key')} on the target, in this order.`
        : 'No key found: SPS goes on with passwords.';
    case 'get_remote_app_credentials':
      return count('passwords') > 0
        ? 'The launcher logs in to the application.'
        : 'No credential: the launcher asks the user.';
    case 'get_totp_codes':
      return 'totp_codes' in result
        ? `SPS has ${plural(count('totp_codes'), 'code')} at hand.`
        : 'The plugin does not support TOTP codes.';
    default:
      return 'The session goes on.';
  }
}

function plural(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}
