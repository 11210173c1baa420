import { BlockList, isIP } from 'node:net';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { isLoopback } from '../../loopback/is-loopback.ts';
import { fitsWildcard } from '../../sps/policies/fits-wildcard.ts';

/** Which destinations are allowed; judges a name or an address, never both together. */
export type TargetPattern = (host: string, port: number) => boolean;

export const loopbackOnly: TargetPattern = (host) => isIP(host) !== 0 && isLoopback(host);

/**
 * Reads `HOST` or `HOST:PORT`; `*` stands for anything, IPv6 is in brackets. Without a port every port is allowed.
 * @throws PluginHostError USAGE
 */
export function parseTargetPattern(text: string): TargetPattern {
  const [, bracketed, plain = '', port = '*'] = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::([0-9]{1,5}|\*))?$/.exec(text) ?? [];
  const host = (bracketed ?? plain).toLowerCase();
  if (host === '' || (port !== '*' && (Number(port) < 1 || Number(port) > 65_535))) {
    throw new PluginHostError('USAGE', `${JSON.stringify(text)} is not a pattern of targets`, {
      hint: 'Write HOST or HOST:PORT; * stands for anything, an IPv6 address is in brackets.',
    });
  }
  const name = isIP(host) === 6 ? canonical(host) : host;
  return (given, givenPort) =>
    (port === '*' || Number(port) === givenPort) &&
    fitsWildcard(name, isIP(given) === 6 ? canonical(given) : given.toLowerCase());
}

/** `10.0.0.0/8`, a single address, or a name, as a connection policy writes them. */
export function parseNetwork(text: string): TargetPattern {
  const [address = '', length] = text.split('/');
  const version = isIP(address);
  if (version === 0) return (host) => host.toLowerCase() === text.toLowerCase();
  const kind = version === 4 ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  list.addSubnet(address, Number(length ?? (version === 4 ? 32 : 128)), kind);
  return (host) => isIP(host) === version && list.check(host, kind);
}

/** Two spellings of one address become the same. */
function canonical(address: string): string {
  return new URL(`http://[${address.split('%')[0] ?? ''}]`).hostname.slice(1, -1);
}
