import type { Scenario } from './scenario.ts';

/** Scenarios that need no file; the first four are those of the vendor's test runner, by its names. Source: SDK 1.9.1, pluginv run-scenario. */
export const builtInScenarios: Record<string, Omit<Scenario, 'plugins'> & { description: string }> = {
  SshWithoutGatewayAuth: { connection: 'ssh', description: 'SSH, no gateway user before the plugin' },
  SshWithGatewayAuth: { connection: 'ssh-gateway', description: 'SSH, gateway user known' },
  RdpWithoutGatewayAuth: { connection: 'rdp', description: 'RDP, the user name among key_value_pairs' },
  RdpWithGatewayAuth: { connection: 'rdp-gateway', description: 'RDP, gateway user known, target unknown' },
  Telnet: { connection: 'telnet', description: 'Telnet, gateway user known' },
  Mssql: { connection: 'mssql', description: 'MS SQL, where the user cannot be asked' },
  RdpSeveralSessions: {
    connection: { base: 'rdp-gateway', server_username: 'targetuser', server_ip: '5.6.7.8', server_port: 3389 },
    proxySessions: 2,
    description: 'RDP, two proxy sessions of one login, the first over before a credential is fetched',
  },
  RdpRemoteApp: {
    connection: { base: 'rdp-gateway', server_username: 'targetuser', server_ip: '5.6.7.8', server_port: 3389 },
    remoteApps: [{ asset: '5.6.7.8' }],
    description: 'RDP, a launched application wants a credential',
  },
  TotpCodes: { connection: 'ssh-gateway', totpCodes: 1, description: 'SSH, codes for the login on the target' },
};
