import type { IncomingMessage } from 'node:http';
import { isLoopback } from './is-loopback.ts';

/** Where a request says that it goes to and comes from. */
export interface Asked {
  /** All `Host` headers. */
  hosts: readonly string[];
  /** Of a target in absolute form, instead of `Host`. */
  authority?: string | undefined;
  origin: string | undefined;
  /** `Sec-Fetch-Site` */
  fetchSite: string | undefined;
}

/** Of the server. */
export interface Served {
  scheme: 'http' | 'https';
  /** Further names that are allowed besides those of this machine, whatever their case. */
  allowHosts: readonly string[];
}

/** What the headers of a request say of that. */
export function askedOf({ headers, rawHeaders }: IncomingMessage): Asked {
  const { origin, 'sec-fetch-site': fetchSite } = headers;
  return {
    hosts: rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === 'host'),
    origin,
    fetchSite: typeof fetchSite === 'string' ? fetchSite : undefined,
  };
}

/** Why a request is refused: it names no host or several, one of somebody else, or the page of another site made it. */
export type OriginFault = 'no-host' | 'other-host' | 'other-origin';

/**
 * Whoever makes a name of their own lead to this machine does not get in, nor does a page of another site. The port of `Host` is not compared.
 * Undefined: it may pass.
 */
export function judgeOrigin(
  { hosts, authority, origin, fetchSite }: Asked,
  { scheme, allowHosts }: Served,
): OriginFault | undefined {
  const [host] = hosts;
  if (host === undefined || hosts.length > 1) return 'no-host';
  const asked = (authority ?? host).toLowerCase();
  const name = nameOf(asked);
  const isAllowed = name !== undefined && (isLoopback(name) || allowHosts.some((each) => each.toLowerCase() === name));
  if (!isAllowed) return 'other-host';
  const isOwn = origin === undefined || origin.toLowerCase() === `${scheme}://${asked}`;
  return isOwn && fetchSite !== 'cross-site' && fetchSite !== 'same-site' ? undefined : 'other-origin';
}

/** Without its port. Undefined: it is none. */
function nameOf(authority: string): string | undefined {
  const [, bracketed, plain] = /^(?:\[([0-9a-f:.]+)\]|([^:/@?#\s]+))(?::[0-9]{0,5})?$/.exec(authority) ?? [];
  return bracketed ?? plain;
}
