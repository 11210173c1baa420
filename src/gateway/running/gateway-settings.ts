import type { Problem } from '../../base/problem.ts';
import type { PluginType } from '../../sps/plugin/find-hook.ts';
import type { ConnectionPolicy } from '../../sps/policies/using/read-policy.ts';
import type { Member } from '../../sps/session/open-member.ts';
import type { StoredSessions } from '../../sps/store/stored-sessions.ts';
import type { DestinationRules } from '../destination/choose-destination.ts';
import type { TargetPattern } from '../destination/target-pattern.ts';
import type { GatewayEvent } from '../events/gateway-event.ts';
import type { TrustedKeys } from '../target/trusted-keys.ts';

/** What all sessions of a gateway share. */
export interface GatewaySettings {
  members: Partial<Record<PluginType, Member>>;
  policy: ConnectionPolicy | undefined;
  /** Of the session id. */
  connectionName: string;
  /** What the network does not tell. */
  domains: { gateway_domain: string | null; server_domain: string | null };
  destinations: DestinationRules;
  /** Undefined: no forwarding. */
  forwarding: TargetPattern | undefined;
  asksGatewayPassword: boolean;
  trusted: TrustedKeys;
  idleTimeoutMs: number | undefined;
  /** Folder of recordings. */
  recordDir: string | undefined;
  /** The client is told what the log says. */
  explains: boolean;
  /** Nothing is masked in events. */
  showsSecrets: boolean;
  /** Of every session. */
  problems: readonly Problem[];
  store: StoredSessions;
  /** Lock of this process. */
  owner: string;
  onEvent: (event: GatewayEvent) => void;
}
