/**
 * Asks the user for a one-time password before the session may start.
 *
 * Every call has a fresh process that ends after the reply, so nothing in this module or in `this` survives. What a later
 * call must know goes into the cookie.
 */
import { timingSafeEqual } from 'node:crypto';
// Types only: this line is gone when the plugin runs, nothing needs to be installed for it.
import type {
  AaPlugin,
  AuthenticateArguments,
  AuthenticateResult,
  AuthorizeArguments,
  AuthorizeResult,
  Denial,
  SessionEndedArguments,
} from 'plugin-host/plugin';
import { readIni } from './ini.ts';
import { totp } from './totp.ts';

// In other protocols SPS cannot ask. There the password comes with the login name: otp=123456@root
const askingProtocols = ['ssh', 'telnet', 'rdp'];
const period = 30;

/** What this plugin keeps; all optional, because the first call of a session gets an empty cookie. */
type OtpCookie = { tries?: number; user?: string };

export class Plugin implements AaPlugin {
  // Types are stripped, not compiled: no `constructor(private code: string)`, no enums.
  private readonly code: string;
  private readonly secret: string;
  private readonly maxTries: number;
  private readonly groups: string[];

  /** The text that the administrator entered; default.cfg is only its template. */
  constructor(configuration: string) {
    const { code = '', secret = '', tries = '3', groups = '' } = readIni(configuration)['otp'] ?? {};
    this.code = code;
    this.secret = secret;
    this.maxTries = Number(tries);
    this.groups = groups.split(' ').filter((group) => group !== '');
    if (code === '' && secret === '') {
      throw new Error('the configuration needs a secret (or a code) in section [otp]');
    }
  }

  /** Called again, in a new process, after every answer. A hook gets one object with all its arguments. */
  authenticate(call: AuthenticateArguments & { cookie: OtpCookie }): AuthenticateResult {
    const { cookie, session_cookie, protocol, key_value_pairs } = call;
    const user = findUser(call);
    if (user === undefined) return deny('No user name was given.');

    // The answer comes under the key of the question. Empty text is an answer too, so test for undefined, not for `!answer`.
    const answer = key_value_pairs['otp'];
    if (answer !== undefined && this.isRight(answer)) {
      console.log(`${user} gave the right one-time password`);
      return {
        verdict: 'ACCEPT',
        // These two are read only together. They replace what SPS knew about the user.
        gateway_user: user,
        gateway_groups: this.groups,
        additional_metadata: 'one-time password', // shown in the search of the session database
        // A returned cookie replaces the stored one, so start from a copy of it.
        cookie: { ...cookie, user },
        // All plugins of the session see the session cookie; only this plugin sees the cookie.
        session_cookie: { ...session_cookie, mfa: 'otp' },
      };
    }

    let { tries = 0 } = cookie;
    if (answer !== undefined) {
      tries += 1;
      console.log(`${user} gave a wrong one-time password, ${tries} of ${this.maxTries}`);
    }
    if (tries >= this.maxTries || !askingProtocols.includes(protocol)) {
      return { ...deny('The one-time password is missing or wrong.'), cookie: { ...cookie, tries } };
    }
    return {
      verdict: 'NEEDINFO',
      // Key, prompt, and whether typing is hidden.
      question: ['otp', 'One-time password: ', true],
      cookie: { ...cookie, tries },
    };
  }

  /** Called after authenticate, when the target is known. */
  authorize(call: AuthorizeArguments & { cookie: OtpCookie }): AuthorizeResult {
    const { cookie, server_username, server_ip, server_port } = call;
    if (cookie.user === undefined) return deny('The one-time password was not checked.');
    console.log(`${cookie.user} goes to ${server_username ?? 'nobody'} at ${server_ip}:${server_port}`);
    return { verdict: 'ACCEPT' }; // without cookies both stay as they are
  }

  /** Called once, also after a denial. What it returns is ignored. */
  session_ended({ session_id, cookie }: SessionEndedArguments & { cookie: OtpCookie }): void {
    console.log(`session ${session_id} of ${cookie.user ?? 'nobody'} is over`);
  }

  /** Call your own service here; hooks may be async. */
  private isRight(answer: string): boolean {
    const now = Date.now() / 1000;
    // A clock may be off and typing takes time, so the neighbouring codes count too.
    const codes =
      this.code === '' ? [-period, 0, period].map((drift) => totp(this.secret, now + drift, period)) : [this.code];
    return codes.some((code) => isEqual(code, answer.trim()));
  }
}

/** No name is always there: gateway_user is null until somebody has authenticated the user. */
function findUser(call: AuthenticateArguments): string | undefined {
  const { gateway_user, server_username, key_value_pairs } = call;
  return [gateway_user, key_value_pairs['gu'], server_username, key_value_pairs['username']].find(
    (name): name is string => Boolean(name),
  );
}

/** Takes as long for any answer. */
function isEqual(code: string, answer: string): boolean {
  const [expected, given] = [Buffer.from(code), Buffer.from(answer)];
  return expected.length === given.length && timingSafeEqual(expected, given);
}

/** The user sees the reason. */
function deny(reason: string): Denial {
  return { verdict: 'DENY', reason };
}
