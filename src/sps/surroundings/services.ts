import type { Json } from '../../base/json.ts';

/**
 * What the appliance provides to plugins, as `services:` of plugin-host.yaml. Files are relative to plugin-host.yaml, or, in the
 * option of the library, to the current folder.
 */
export interface Services {
  /** Local credential stores by name. */
  credentialStores?: Record<string, StoredCredentials[]>;
  /** User list policies by name. */
  userLists?: Record<string, UserListPolicy>;
  /** LDAP server policies by name. */
  ldapServers?: Record<string, LdapDirectory>;
  /** Trusted CA list policies by name. */
  trustedCaLists?: Record<string, TrustedCaListPolicy>;
  box?: BoxSettings;
  /** Answers to queries of the appliance's configuration, by path: `/configuration/aaa/settings`. */
  rest?: Record<string, Json>;
  /** Names by IP address, the primary one first. Without it the system's name service answers. */
  hosts?: Record<string, string | string[]>;
  /** `embedded` (default) or `redis://[user:password@]host[:port][/db]`. */
  memoryCache?: string;
}

/** What one user has on one host. A plugin's option with the value `$` is looked up with its section as host and its name as user. */
interface StoredCredentials {
  host: string;
  user: string;
  passwords?: string[];
  /** `file` or the PEM text itself as `key`. */
  privateKeys?: { type: 'ssh-rsa' | 'ssh-dss' | 'ecdsa-sha2-nistp256'; file?: string; key?: string }[];
  /** X.509, each part as a file or as PEM text. */
  certificates?: {
    type?: 'x509v3-sign-rsa' | 'x509v3-sign-dss';
    certFile?: string;
    cert?: string;
    keyFile?: string;
    key?: string;
  }[];
}

export interface UserListPolicy {
  /** Whom the list holds besides the exceptions. */
  default: 'all' | 'none';
  /** Matched case-sensitively. */
  except?: string[];
}

type LdapValue = string | number | boolean | { base64: string };

interface LdapDirectory {
  /** Attributes by user. */
  users?: Record<string, Record<string, LdapValue | LdapValue[]>>;
  /** Members by group. */
  groups?: Record<string, string[]>;
}

interface TrustedCaListPolicy {
  /** PEM; a file may hold several certificates. */
  certs: { file?: string; pem?: string }[];
  /** URLs of revocation lists, one for each certificate. */
  crls?: (string | null)[];
  strictHostcheck?: boolean;
}

export interface BoxSettings {
  gatewayFqdn?: string | null;
  httpProxy?: HttpProxy | null;
  /** Credential string of the join to Starling. */
  starlingJoin?: string | null;
}

interface HttpProxy {
  server: string;
  /** Default 3128. */
  port?: number;
  username?: string;
  password?: string;
  /** Default true. */
  enabled?: boolean;
}
