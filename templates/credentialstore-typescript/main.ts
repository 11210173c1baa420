/**
 * Gives the passwords of a vault to SPS, and checks them in when the session is over.
 *
 * Every call has a fresh process that ends after the reply, so nothing in this module or in `this` survives. What is
 * checked out is therefore remembered in the cookie. What is printed is the log: never print a credential.
 */
// Types only: this line is gone when the plugin runs, nothing needs to be installed for it.
import type {
  AuthenticationCompletedArguments,
  AuthenticationCompletedResult,
  CredentialStorePlugin,
  GetPasswordListArguments,
  GetPasswordListResult,
  GetPrivateKeyListResult,
  SessionEndedArguments,
} from 'plugin-host/plugin';
import { readIni } from './ini.ts';

/** What this plugin keeps; all optional, because the first call of a session gets an empty cookie. */
type VaultCookie = { checkouts?: Checkout[]; used?: boolean };
type Checkout = [user: string, host: string];

export class Plugin implements CredentialStorePlugin {
  private readonly passwords: Record<string, string>;

  /**
   * The text that the administrator entered; default.cfg is only its template.
   * This runs before every hook, so it opens only what every hook needs.
   */
  constructor(configuration: string) {
    const { passwords } = readIni(configuration);
    if (passwords === undefined) throw new Error('the configuration needs a section [passwords]');
    this.passwords = passwords;
  }

  /** May be called several times in a session. The passwords are tried in their order. */
  async get_password_list(call: GetPasswordListArguments & { cookie: VaultCookie }): Promise<GetPasswordListResult> {
    const { cookie, server_username: user, server_hostname, server_ip } = call;
    for (const host of [server_hostname, server_ip]) {
      if (host === null) continue; // DNS does not know it
      const password = await this.fetchPassword(user, host);
      if (password === undefined) continue;
      console.log(`checked out the password of ${user} at ${host}`);
      // A returned cookie replaces the stored one, so start from a copy of it.
      const others = (cookie.checkouts ?? []).filter((each) => each[0] !== user || each[1] !== host);
      return { passwords: [password], cookie: { ...cookie, checkouts: [...others, [user, host]] } };
    }
    console.log(`no password for ${user} at ${server_hostname ?? server_ip}`);
    return { passwords: [] }; // without a cookie in the reply the stored one stays as it is
  }

  /** Called before get_password_list, in SSH only. */
  get_private_key_list(): GetPrivateKeyListResult {
    return { private_keys: [] };
  }

  /** Called when the target took a credential; not called when it refused them all. */
  authentication_completed({ cookie }: AuthenticationCompletedArguments): AuthenticationCompletedResult {
    return { cookie: { ...cookie, used: true } };
  }

  /** Called once, however the session ended. What it returns is ignored. */
  session_ended({ cookie }: SessionEndedArguments & { cookie: VaultCookie }): void {
    for (const [user, host] of cookie.checkouts ?? []) {
      // A real vault would be told here; a password that was used might be changed.
      console.log(`checked in the password of ${user} at ${host}, ${cookie.used ? 'used' : 'not used'}`);
    }
  }

  /** The place for a call to your own vault. Give it a timeout: a call has half of the proxy timeout in all. */
  private async fetchPassword(user: string, host: string): Promise<string | undefined> {
    return this.passwords[`${user}@${host}`.toLowerCase()]; // readIni keeps names in lower case
  }
}
