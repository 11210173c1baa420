/**
 * Gives the passwords and private keys of a vault to SPS, and checks them in when the session is over.
 *
 * Every call has a fresh process that ends after the reply, so nothing in this module or in `this` survives. What is
 * checked out is therefore remembered in the cookie; and in a file, because a call that runs out of time loses its cookie.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
// Types only: this line is gone when the plugin runs, nothing needs to be installed for it.
import type {
  AuthenticationCompletedArguments,
  AuthenticationCompletedResult,
  CredentialArguments,
  CredentialStorePlugin,
  GetPasswordListArguments,
  GetPasswordListResult,
  GetPrivateKeyListArguments,
  GetPrivateKeyListResult,
  SessionEndedArguments,
} from 'plugin-host/plugin';
import { readIni } from './ini.ts';

interface Account {
  password?: string;
  private_key?: string;
}

type Vault = Record<string, Record<string, Account>>;

/** What this plugin keeps; all optional, because the first call of a session gets an empty cookie. */
type VaultCookie = { checkouts?: Checkout[]; used?: boolean };
type Checkout = [what: string, user: string, host: string];

export class Plugin implements CredentialStorePlugin {
  private readonly vault: string;

  /**
   * The text that the administrator entered; default.cfg is only its template.
   * This runs before every hook, so it opens only what every hook needs.
   */
  constructor(configuration: string) {
    const { file } = readIni(configuration)['vault'] ?? {};
    if (file === undefined) throw new Error('the configuration needs a file in section [vault]');
    this.vault = path.resolve(import.meta.dirname, file);
  }

  /** Called before get_password_list, in SSH only. */
  async get_private_key_list(
    call: GetPrivateKeyListArguments & { cookie: VaultCookie },
  ): Promise<GetPrivateKeyListResult | null> {
    const { host, account } = await this.findAccount(call);
    if (host === undefined || account.private_key === undefined) return null; // nothing found, the cookie stays as it is
    return {
      // Pairs of type and key; taken are ssh-rsa and ssh-dss, in PEM with lines of 64 characters.
      private_keys: [['ssh-rsa', account.private_key]],
      cookie: checkOut(call, 'private key', host),
    };
  }

  /** May be called several times in a session. The passwords are tried in their order. */
  async get_password_list(call: GetPasswordListArguments & { cookie: VaultCookie }): Promise<GetPasswordListResult> {
    const { host, account } = await this.findAccount(call);
    if (host === undefined || account.password === undefined) return { passwords: [] };
    return {
      passwords: [account.password],
      cookie: checkOut(call, 'password', host),
    };
  }

  /** Called when the target took a credential; not called when it refused them all. */
  authentication_completed({ cookie }: AuthenticationCompletedArguments): AuthenticationCompletedResult {
    return { cookie: { ...cookie, used: true } };
  }

  /** Called once, however the session ended. What it returns is ignored. */
  session_ended({ session_id, cookie }: SessionEndedArguments & { cookie: VaultCookie }): void {
    const { checkouts = [] } = cookie;
    const note = noteOf(session_id);
    const noted = (existsSync(note) ? JSON.parse(readFileSync(note, 'utf8')) : []) as Checkout[];
    for (const [what, user, host] of [...checkouts, ...noted.filter((entry) => !includes(checkouts, entry))]) {
      // Here you would tell a real vault; it might change a credential that was used.
      console.log(`${session_id}: checked in the ${what} of ${user} at ${host}, ${cookie.used ? 'used' : 'not used'}`);
    }
    rmSync(note, { force: true });
  }

  /** The first of host name and address that has the user; the host name is null when DNS does not know it. */
  private async findAccount(call: CredentialArguments): Promise<{ host?: string; account: Account }> {
    const vault = JSON.parse(await readFile(this.vault, 'utf8')) as Vault;
    const hosts = [call.server_hostname, call.server_ip].filter((host) => host !== null);
    for (const host of hosts) {
      const account = vault[host]?.[call.server_username];
      if (account !== undefined) return { host, account };
    }
    console.log(`nothing in the vault for ${call.server_username} at ${hosts.join(' or ')}`);
    return { account: {} };
  }
}

/** What is checked out in a session, in a file of the plugin's own folder on the appliance, which outlives the calls. */
function noteOf(sessionId: string): string {
  return path.join(process.env['SCB_PLUGIN_STATE_DIRECTORY'] ?? '.', `${sessionId.replace(/[/:]/g, '-')}.json`);
}

/** A new cookie, which replaces the stored one: so it starts from a copy. */
function checkOut(call: CredentialArguments & { cookie: VaultCookie }, what: string, host: string): VaultCookie {
  const { cookie, session_id, server_username: user } = call;
  const { checkouts = [] } = cookie;
  const entry: Checkout = [what, user, host];
  if (includes(checkouts, entry)) return cookie;
  // Before anything is checked out: a call may be ended at any moment.
  writeFileSync(noteOf(session_id), JSON.stringify([...checkouts, entry]));
  console.log(`checked out the ${what} of ${user} at ${host}`);
  return { ...cookie, checkouts: [...checkouts, entry] };
}

/** A cookie that comes back went through JSON: equal, but never the same object. */
function includes(checkouts: readonly Checkout[], entry: Checkout): boolean {
  return checkouts.some((each) => each.join('\n') === entry.join('\n'));
}
