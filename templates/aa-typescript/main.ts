/**
 * Asks the user for a one-time password before the session may start.
 *
 * Every call has a fresh process that ends after the reply, so nothing in this module or in `this` survives. What a later
 * call must know goes into the cookie. What is printed is the log: never print a password or an answer.
 */
import { timingSafeEqual } from 'node:crypto';
// Types only: this line is gone when the plugin runs, nothing needs to be installed for it.
import type {
  AaPlugin,
  AuthenticateArguments,
  AuthenticateResult,
  AuthorizeArguments,
  AuthorizeResult,
  SessionEndedArguments,
} from 'plugin-host/plugin';
import { readIni } from './ini.ts';

// In other protocols SPS cannot ask. There the password comes with the login name: otp=123456@root
const askingProtocols = ['ssh', 'telnet', 'rdp'];

/** What this plugin keeps; all optional, because the first call of a session gets an empty cookie. */
type OtpCookie = { tries?: number; user?: string };

export class Plugin implements AaPlugin {
  // Types are stripped, not compiled: no `constructor(private passcode: string)`, no enums.
  private readonly passcode: string;
  private readonly maxTries: number;

  /** The text that the administrator entered; default.cfg is only its template. */
  constructor(configuration: string) {
    const { passcode = '', tries = '3' } = readIni(configuration)['otp'] ?? {};
    if (passcode === '') throw new Error('the configuration needs a passcode in section [otp]');
    this.passcode = passcode;
    this.maxTries = Number(tries);
  }

  /** Called again, in a new process, after every answer. A hook gets one object with all its arguments. */
  async authenticate(call: AuthenticateArguments & { cookie: OtpCookie }): Promise<AuthenticateResult> {
    const { cookie, protocol, gateway_user, server_username, key_value_pairs } = call;
    const user = [gateway_user, key_value_pairs['gu'], server_username, key_value_pairs['username']].find(Boolean);
    if (!user) return { verdict: 'DENY', reason: 'No user name was given.' };

    // The answer comes under the key of the question. Empty text is an answer too, so test for undefined, not for `!answer`.
    const answer = key_value_pairs['otp'];
    if (answer !== undefined && (await this.isRight(user, answer))) {
      console.log(`${user} gave the right one-time password`);
      // A returned cookie replaces the stored one, so start from a copy of it.
      // User and groups are taken only together; they replace what SPS knew of the user.
      return { verdict: 'ACCEPT', gateway_user: user, gateway_groups: [], cookie: { ...cookie, user } };
    }

    let { tries = 0 } = cookie;
    if (answer !== undefined) {
      tries += 1;
      console.log(`${user} gave a wrong one-time password, ${tries} of ${this.maxTries}`);
    }
    if (tries >= this.maxTries || !askingProtocols.includes(protocol)) {
      // The user sees the reason.
      const reason = 'The one-time password is missing or wrong.';
      return { verdict: 'DENY', reason, cookie: { ...cookie, tries } };
    }
    // Key, prompt, and whether typing is hidden.
    return { verdict: 'NEEDINFO', question: ['otp', 'One-time password: ', true], cookie: { ...cookie, tries } };
  }

  /** Called after authenticate, when the target is known. */
  authorize(call: AuthorizeArguments & { cookie: OtpCookie }): AuthorizeResult {
    const { cookie, server_username, server_ip } = call;
    if (cookie.user === undefined) return { verdict: 'DENY', reason: 'The one-time password was not checked.' };
    console.log(`${cookie.user} goes to ${server_username ?? 'nobody'} at ${server_ip}`);
    return { verdict: 'ACCEPT' }; // without a cookie in the reply the stored one stays as it is
  }

  /** Called once, also after a denial. What it returns is ignored. */
  session_ended({ session_id, cookie }: SessionEndedArguments & { cookie: OtpCookie }): void {
    console.log(`session ${session_id} of ${cookie.user ?? 'nobody'} is over`);
  }

  /** Call your own service here. Give it a timeout: a call has half of the proxy timeout in total. */
  private async isRight(user: string, answer: string): Promise<boolean> {
    const [expected, given] = [Buffer.from(this.passcode), Buffer.from(answer.trim())];
    return expected.length === given.length && timingSafeEqual(expected, given); // takes as long for any answer
  }
}
