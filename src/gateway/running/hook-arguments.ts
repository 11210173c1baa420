import { isIP } from 'node:net';
import type { JsonObject } from '../../base/json.ts';
import { connections } from '../../sps/plugin/connections.ts';
import type { ArrivedClient } from '../client/gateway-listener.ts';
import type { Destination } from '../destination/choose-destination.ts';
import type { GatewaySettings } from './gateway-settings.ts';

/** The arguments of a session's first hook. Source: gateway contract, "The login". */
export function hookArguments(
  { members, connectionName, domains }: GatewaySettings,
  { ip: clientIp, port: clientPort }: ArrivedClient,
  { user, host, ip, port, pairs }: Destination,
  gatewayPassword: string | undefined,
): JsonObject {
  const nameOf = (address: string): string | null => {
    const known = Object.values(members).flatMap(({ host: { services } }) => services.hosts?.[address] ?? []);
    return known[0] ?? null;
  };
  const gateway =
    gatewayPassword === undefined
      ? { gateway_user: null }
      : { gateway_user: pairs['gu'] ?? user, gateway_password: gatewayPassword };
  return {
    ...connections.ssh,
    connection_name: connectionName,
    client_ip: clientIp,
    client_port: clientPort,
    client_hostname: nameOf(clientIp),
    ...domains,
    ...gateway,
    server_username: user,
    server_ip: ip,
    server_port: port,
    server_hostname: isIP(host) === 0 ? host : nameOf(ip),
    key_value_pairs: { ...pairs },
  };
}
