import type { JsonObject } from '../../base/json.ts';

/**
 * Arguments of the simulated connections, by the names of authenticate and authorize. The first four are the scenarios of
 * the vendor's test runner (SDK 1.9.1), the others are ours, like `ssh-gateway`.
 */
const common: JsonObject = {
  connection_name: 'example',
  client_ip: '1.2.3.4',
  client_port: 12341,
  client_hostname: 'theclient.foo.bar',
  gateway_user: 'gatewayuser',
  gateway_domain: null,
  gateway_groups: null,
  server_username: 'targetuser',
  server_domain: null,
  server_ip: '5.6.7.8',
  server_port: 22,
  server_hostname: null,
  asset: null,
  key_value_pairs: {},
};

const rdp: JsonObject = { ...common, protocol: 'rdp', server_username: null, server_ip: null, server_port: null };

export const connections = {
  ssh: { ...common, protocol: 'ssh', gateway_user: null, server_username: 'gatewayuser' },
  'ssh-gateway': { ...common, protocol: 'ssh' },
  rdp: { ...rdp, gateway_user: null, key_value_pairs: { username: 'gatewayuser' } },
  'rdp-gateway': rdp,
  telnet: { ...common, protocol: 'telnet', server_port: 23 },
  mssql: { ...common, protocol: 'mssql', server_port: 1433 },
} satisfies Record<string, JsonObject>;

export type ConnectionName = keyof typeof connections;

export function isConnectionName(name: string): name is ConnectionName {
  return Object.hasOwn(connections, name);
}
