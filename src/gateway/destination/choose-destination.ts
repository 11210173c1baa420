import { isIP } from 'node:net';
import { authorityOf } from '../../loopback/is-loopback.ts';
import { parseLoginName } from '../../sps/flow/login-name.ts';
import { Refusal } from './refusal.ts';
import type { TargetPattern } from './target-pattern.ts';

/** Where a session goes, and what else the login name says. */
export interface Destination {
  /** Of the target. */
  user: string;
  /** As it was typed in the login name or given for all sessions. */
  host: string;
  /** What the connection is made to. */
  ip: string;
  port: number;
  /** Fields of the login name. */
  pairs: Record<string, string>;
}

export interface HostAndPort {
  host: string;
  port: number;
}

export interface DestinationRules {
  /** Where every session goes. */
  target?: HostAndPort | undefined;
  /** Where a session goes whose login name does not say it. */
  fallback?: HostAndPort | undefined;
  isAllowed: TargetPattern;
  /** All addresses of a name; none when it has none. */
  lookUp: (name: string) => Promise<readonly string[]>;
}

const maxLoginBytes = 4096;
const defaultPort = 22;

/**
 * Where the client wants to go with this login name. The address is one that was judged: the first IPv4 one, else the first.
 * @throws Refusal
 */
export async function chooseDestination(login: string, rules: DestinationRules): Promise<Destination> {
  if (Buffer.byteLength(login) > maxLoginBytes) {
    throw new Refusal('LOGIN_TOO_LONG', `the login name has more than ${maxLoginBytes} bytes`);
  }
  const { user, server, port: typedPort, pairs } = parseLoginName(login, 'ssh');
  const { target, fallback } = rules;
  const typed = server === undefined || server === '' ? undefined : { host: server, port: typedPort ?? defaultPort };
  const chosen = target ?? typed ?? fallback;
  if (chosen === undefined) throw new Refusal('TARGET_MISSING', 'the login name has no target');
  if (user === undefined) throw new Refusal('USER_MISSING', 'the login name has no user');
  const { host, port } = chosen;
  if (target !== undefined && typed !== undefined && !isSame(typed, target)) {
    throw new Refusal('TARGET_NOT_ALLOWED', `every session goes to ${shown(target)}, not to ${shown(typed)}`);
  }
  if (port < 1 || port > 65_535) throw new Refusal('TARGET_NOT_ALLOWED', `${shown(chosen)}: there is no such port`);
  const addresses = isIP(host) === 0 ? await rules.lookUp(host) : [host];
  const isAllowed =
    target !== undefined ||
    rules.isAllowed(host, port) ||
    (addresses.length > 0 && addresses.every((address) => rules.isAllowed(address, port)));
  const ip = addresses.find((address) => isIP(address) === 4) ?? addresses[0];
  if (ip === undefined) throw new Refusal('TARGET_UNKNOWN', `${shown(chosen)}: the name does not resolve`);
  if (!isAllowed) throw new Refusal('TARGET_NOT_ALLOWED', `${shown(chosen)} may not be chosen`);
  return { user, host, ip, port, pairs };
}

/** Reads `HOST` or `HOST:PORT`, an IPv6 address with a port in brackets; undefined: it is neither. */
export function parseHostAndPort(text: string): HostAndPort | undefined {
  if (isIP(text) === 6) return { host: text, port: defaultPort };
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:[\]@\s]+))(?::([0-9]{1,5}))?$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  const number = port === undefined ? defaultPort : Number(port);
  if (host === undefined || (bracketed !== undefined && isIP(bracketed) !== 6)) return undefined;
  return number >= 1 && number <= 65_535 ? { host, port: number } : undefined;
}

function isSame(one: HostAndPort, other: HostAndPort): boolean {
  return one.host.toLowerCase() === other.host.toLowerCase() && one.port === other.port;
}

/** As it stands in a login name. */
export function shown({ host, port }: HostAndPort): string {
  return authorityOf(host, port);
}
