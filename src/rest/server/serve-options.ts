import type { Services } from '../../sps/surroundings/services.ts';
import type { Privilege } from '../access/accounts.ts';

/** Somebody besides `admin`: with a password, or the file that holds it. */
interface GivenUser {
  password?: string;
  passwordFile?: string;
  privileges: readonly Privilege[];
}

export interface ServeOptions {
  /** Where plugins and policies are committed; default: a temporary folder that `close` removes. */
  stateDir?: string;
  /** `classic` (default) is SPS 5.7 to 6.0, `current` 7.0.5 to 8.0. */
  compat?: 'classic' | 'current';
  /** An address of this machine only; default `127.0.0.1`. */
  host?: string;
  /** Default 0: any free one. */
  apiPort?: number;
  /** Further names that the `Host` of a request may hold. */
  allowHost?: string | readonly string[];
  /** Plain HTTP instead of HTTPS. */
  http?: boolean;
  /** PEM instead of the self-signed one, or the file that holds it; with `key`. */
  certificate?: string;
  /** Private key of `certificate`: PEM, or the file that holds it. */
  key?: string;
  /** Of `admin`, at least 8 characters; it replaces the stored one. Without it, and without a stored one, one is made. */
  adminPassword?: string;
  /** File with the password of `admin`, without its last line end; instead of `adminPassword`. */
  adminPasswordFile?: string;
  /** Makes another password of `admin`; not together with the two above. */
  newAdminPassword?: boolean;
  /** Users besides `admin`. */
  users?: Readonly<Record<string, GivenUser>>;
  /** Default 1 200 000. */
  sessionIdleMs?: number;
  /** Default 600 000. */
  transactionIdleMs?: number;
  /** Largest body of an upload in bytes; default 100 MiB. */
  uploadLimit?: number;
  /** Leave members out that nobody reads, as SPS does. */
  dropUnknownMembers?: boolean;
  /** Besides what is committed: a configuration text may name them without a warning. Calls that are made again in the page find them. */
  services?: Services;
  /** Gets each line of the access log. What it throws is ignored. */
  log?: (line: string) => void;
  /** API of the emulated release, such as `1.9`. */
  api?: string;
  /** Version of the emulated release, such as `9.0.0`. */
  spsVersion?: string;
}
