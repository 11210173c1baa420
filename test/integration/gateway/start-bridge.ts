import { readFileSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import ssh2, { type AuthContext, type ClientInfo } from 'ssh2';
import { sshSettings } from '../../../src/gateway/algorithms/ssh-settings.ts';
import { type Bridge, type BridgeOptions, bridgeChannels } from '../../../src/gateway/channels/bridge-channels.ts';
import type { ChannelFacts } from '../../../src/gateway/channels/channel-facts.ts';

export interface StartedBridge {
  port: number;
  /** Of all channels that have closed. */
  facts: ChannelFacts[];
  bridges: Bridge[];
  /** Who left, of each connection that has ended. */
  ended: string[];
  clients: ClientInfo[];
  close: () => Promise<void>;
}

/** A gateway without a login: whoever comes is let in, and gets a channel bridge to a server that takes the key. */
export async function startBridge(
  target: { port: number; user: string; keyFile: string },
  options: Partial<BridgeOptions> & { keepaliveMs?: number } = {},
): Promise<StartedBridge> {
  const { keepaliveMs = 30_000, ...bridging } = options;
  const keepalive = { keepaliveInterval: keepaliveMs };
  const started: StartedBridge = {
    port: 0,
    facts: [],
    bridges: [],
    ended: [],
    clients: [],
    close: async () => {
      for (const bridge of started.bridges) bridge.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const hostKeys = [ssh2.utils.generateKeyPairSync('ed25519').private];
  const server = new ssh2.Server({ ...sshSettings.server, ...keepalive, hostKeys }, (connection, info) => {
    started.clients.push(info);
    connection.on('error', () => undefined);
    connection.on('authentication', (context: AuthContext) => {
      if (context.method !== 'none') {
        context.reject(['none']);
        return;
      }
      const client = new ssh2.Client();
      client.on('error', () => undefined);
      client.on('ready', () => {
        context.accept();
        const bridge = bridgeChannels({
          client: connection,
          target: client,
          masker: { text: (text) => text },
          onChannel: (facts) => started.facts.push(facts),
          onEnd: (left) => started.ended.push(left),
          ...bridging,
        });
        started.bridges.push(bridge);
      });
      client.connect({
        ...sshSettings.target,
        ...keepalive,
        sock: connect(target.port, '127.0.0.1'),
        username: target.user,
        privateKey: readFileSync(target.keyFile),
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  started.port = (server.address() as AddressInfo).port;
  return started;
}
