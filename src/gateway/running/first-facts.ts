import { type ArrivedClient, shownClient } from '../client/gateway-listener.ts';
import type { Destination } from '../destination/choose-destination.ts';
import type { GatewayFacts } from '../events/gateway-facts.ts';
import { maskLogin, type SessionSecrets } from '../events/session-secrets.ts';

interface BegunLogin {
  client: ArrivedClient;
  /** As the client gave it. */
  loginName: string;
  destination: Destination;
}

/** What is known of a session when it begins. */
export function firstFacts(
  { client, loginName, destination: { user, host, ip, port } }: BegunLogin,
  startedAt: Date,
  secrets: SessionSecrets,
): GatewayFacts {
  return {
    client: shownClient(client.ip, client.port),
    clientVersion: client.version,
    login: maskLogin(loginName, secrets),
    target: { user, host, ip, port, hostKey: null },
    credential: null,
    startedAt: startedAt.toISOString(),
    connectedAt: null,
    endedAt: null,
    reason: null,
    channels: [],
    problems: [],
  };
}
