import { BlockList, isIP } from 'node:net';
import { RestFault } from '../rest-fault.ts';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Whether an address or a name is one of this machine only. */
export function isLoopback(host: string): boolean {
  const version = isIP(host);
  return version === 0 ? host.toLowerCase() === 'localhost' : loopback.check(host, version === 6 ? 'ipv6' : 'ipv4');
}

/** The name in `Host`, without its port. Undefined: it is none. */
function nameOf(authority: string): string | undefined {
  const [, bracketed, plain] = /^(?:\[([0-9A-Fa-f:.]+)\]|([^:/@?#\s]+))(?::[0-9]{0,5})?$/.exec(authority) ?? [];
  return bracketed ?? plain;
}

/** The request is for this server, and no other site made a browser send it. */
export interface OriginCheck {
  /** All `Host` headers. */
  hosts: readonly string[];
  /** Of a target in absolute form. */
  authority: string | undefined;
  origin: string | undefined;
  fetchSite: string | undefined;
  scheme: 'http' | 'https';
  allowHosts: readonly string[];
}

/**
 * Whoever makes a name of their own point to this machine does not get in, nor does a page of another site.
 * @throws RestFault SyntacticError, MisdirectedRequest, Unauthorized
 */
export function checkOrigin(check: OriginCheck): void {
  const { hosts, authority, origin, fetchSite, scheme, allowHosts } = check;
  const [host] = hosts;
  if (host === undefined || hosts.length > 1) {
    throw new RestFault('SyntacticError', 'The request needs exactly one Host header', {
      problems: [{ path: 'Host', message: 'expected exactly one' }],
    });
  }
  const asked = authority ?? host;
  const name = nameOf(asked)?.toLowerCase();
  const isAllowed = name !== undefined && (isLoopback(name) || allowHosts.some((each) => each.toLowerCase() === name));
  if (!isAllowed) throw new RestFault('MisdirectedRequest', 'This server does not answer for that host');
  const isOwn = origin === undefined || origin.toLowerCase() === `${scheme}://${asked.toLowerCase()}`;
  if (!isOwn || fetchSite === 'cross-site' || fetchSite === 'same-site') {
    throw new RestFault('Unauthorized', 'Requests of other sites are refused');
  }
}
