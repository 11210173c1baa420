import type { StartedGateway } from '../../gateway/running/open-gateway.ts';
import type { Paint } from '../terminal/create-terminal.ts';
import { sanitize } from '../terminal/sanitize.ts';

/** The first and only document of `gateway --json`. Source: gateway contract, "Command". */
export function readyDocument({ address, port, hostKey, settings }: StartedGateway): object {
  const plugins = Object.values(settings.members).map(({ plugin: { name, version, type, path } }) => ({
    name,
    version,
    type,
    path,
  }));
  const { target } = settings.destinations;
  return { address, port, hostKey, plugins, target: target ?? null, pid: process.pid };
}

/** What a person needs to begin. */
export function renderReady({ port, address, hostKey, settings }: StartedGateway, paint: Paint): string {
  const { destinations, members, asksGatewayPassword } = settings;
  const host = address.slice(0, address.lastIndexOf(':')).replace(/^\[|\]$/g, '');
  const reached = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  const user = destinations.target === undefined && destinations.fallback === undefined ? 'root@HOST' : 'root';
  const plugins = Object.values(members).map(({ plugin }) => `${plugin.type}/${sanitize(plugin.name)}`);
  return [
    `gateway      ${paint('bold', address)}`,
    `host key     ${hostKey.fingerprint}`,
    `plugins      ${plugins.join(', ')}`,
    ...(asksGatewayPassword ? ['password     the gateway asks for one of its own first'] : []),
    '',
    `ssh -p ${port} ${user}@${reached}`,
    'Ctrl-C ends it.',
    '',
  ].join('\n');
}
