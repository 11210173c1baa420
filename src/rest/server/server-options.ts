import type { Compat } from '../../sps/policies/links/compat.ts';
import type { Privilege } from '../access/accounts.ts';

/** Somebody besides `admin`. */
interface ServerUser {
  password: string;
  privileges: readonly Privilege[];
}

/** User lists, LDAP servers, credential stores and trusted CA lists by their names. */
export type NamedServices = Partial<
  Record<'credentialStores' | 'userLists' | 'ldapServers' | 'trustedCaLists', object>
>;

/** How a server runs; everything has been read and checked. */
export interface ServerOptions {
  stateDir: string;
  compat: Compat;
  /** Emulated release. */
  api: string;
  spsVersion: string;
  /** Loopback. */
  host: string;
  /** 0: any free one. */
  apiPort: number;
  /** Further names of the machine that requests may use. */
  allowHosts: readonly string[];
  /** Without TLS. */
  isPlain: boolean;
  /** Undefined: one of its own. */
  certificate: { cert: string; key: string } | undefined;
  /** Of `admin`; replaces the stored one. */
  adminPassword: string | undefined;
  /** Make one. */
  isNewAdminPassword: boolean;
  users: Readonly<Record<string, ServerUser>>;
  sessionIdleMs: number;
  transactionIdleMs: number;
  uploadLimitBytes: number;
  dropUnknownMembers: boolean;
  /** Besides what is committed: names of these are known. */
  services: NamedServices;
  /** Gets each line of the access log, without its end. */
  log: (line: string) => void;
  /** Gets the id and the trace of a defect. */
  onDefect: (text: string) => void;
}

export const serverDefaults = {
  compat: 'classic',
  host: '127.0.0.1',
  sessionIdleMs: 20 * 60_000,
  transactionIdleMs: 10 * 60_000,
  uploadLimitBytes: 100 * 1024 * 1024,
} as const;
