/**
 * Types of what a TypeScript plugin gets from the appliance; no code. A plugin in Python has the vendor's SDK for it: the same policies,
 * the same answers, and errors whose `name` is that of the SDK's exception. Source: Plugin SDK 1.4.4 to 1.9.1; ours as an interface.
 */
import type { JsonInput } from '../../base/json-input.ts';
import type { Json } from '../../base/json.ts';

/** Second argument of a plugin's constructor: `constructor(configuration: string, appliance: Appliance)`. */
export interface Appliance {
  /** @throws Error `LocalCredentialStoreNotFound` */
  credentialStore(name: string): CredentialStore;
  /** @throws Error `LocalUserListNotFound` */
  userList(name: string): UserList;
  ldapServer(name: string): LdapServer;
  /** Undefined when none has this name. */
  trustedCaList(name: string): TrustedCaList | undefined;
  readonly box: Box;
  /** Answer of the appliance's configuration: `/api/configuration/aaa/settings`. A mapping with `error` when there is none. */
  query(path: string): Promise<Json>;
  /**
   * One cache for all plugins; the prefix separates their keys.
   * @param prefix default: none
   * @param ttlSeconds how long a value is kept; default 0: as long as there is room
   */
  memoryCache(prefix?: string, ttlSeconds?: number): MemoryCache;
  /** Names of an IPv4 address, the primary one first; empty when it has none. Any other text is its own name. */
  resolveHosts(address: string): Promise<string[]>;
  /** Folder of this plugin for files that the next call finds again. */
  readonly stateDirectory: string;
  /** The same for files that a restart of the appliance removes. */
  readonly ephemeralStateDirectory: string;
  /**
   * Makes the file, for this process only, until it is released. A process that ends without releasing it leaves it.
   * @throws Error `TimeoutError` when it is held by another
   */
  lock(
    file: string,
    options?: { /** Default 0. */ retries?: number; /** Default 1000. */ delayMs?: number },
  ): Promise<Lock>;
}

export interface CredentialStore {
  /** An option's value: its section as host, its name as user. */
  getPasswords(host: string, user: string): string[];
  getPrivateKeys(host: string, user: string): StoredKey[];
  getCertificates(host: string, user: string): StoredCertificate[];
}

export interface StoredKey {
  type: 'ssh-rsa' | 'ssh-dss' | 'ecdsa-sha2-nistp256';
  /** PEM. */
  key: string;
}

export interface StoredCertificate {
  type: 'x509v3-sign-rsa' | 'x509v3-sign-dss';
  /** PEM. */
  key: string;
  /** PEM. */
  cert: string;
}

export interface UserList {
  /** Matched case-sensitively. */
  includes(user: string): boolean;
}

export interface LdapServer {
  /** All values as text, none when the user lacks the attribute. @throws Error `LDAPUserNotFound`, `LDAPOperationError` */
  getUserAttribute(user: string, attribute: string): Promise<string[]>;
  /** Those of the groups that the user is in. @throws Error `LDAPUserNotFound`, `LDAPOperationError` */
  filterUserGroups(user: string, groups: readonly string[]): Promise<string[]>;
}

export interface TrustedCaList {
  /** PEM. */
  certs: string[];
  /** URLs of revocation lists. */
  crls: (string | null)[];
  strictHostcheck: boolean;
}

export interface Box {
  readonly gatewayFqdn: string | null;
  readonly starlingJoin: string | null;
  /** Null when there is none or it is switched off. */
  readonly httpProxy: {
    readonly server: string;
    readonly port: number;
    readonly username: string | null;
    readonly password: string | null;
  } | null;
}

export interface MemoryCache {
  /** Null when it is missing or has expired. */
  get(key: string): Promise<Json>;
  /** @param ttlSeconds default: the cache's */
  set(key: string, value: JsonInput, ttlSeconds?: number): Promise<void>;
}

export interface Lock extends AsyncDisposable {
  release(): Promise<void>;
}
