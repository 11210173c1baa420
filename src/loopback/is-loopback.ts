import { BlockList, isIP } from 'node:net';
import { PluginHostError } from '../base/plugin-host-error.ts';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Whether an address or a name is one of this machine only. */
export function isLoopback(host: string): boolean {
  const version = isIP(host);
  return version === 0 ? host.toLowerCase() === 'localhost' : loopback.check(host, version === 6 ? 'ipv6' : 'ipv4');
}

/** @throws PluginHostError NOT_LOOPBACK */
export function requireLoopback(host: string): void {
  if (isLoopback(host)) return;
  throw new PluginHostError('NOT_LOOPBACK', `${host} is not an address of this machine only`, {
    hint: 'Listen on 127.0.0.1, ::1 or localhost; who must reach it from elsewhere uses a tunnel, and --allow-host names it.',
  });
}

/** Host and port as they stand in an address. */
export function authorityOf(host: string, port: number): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
