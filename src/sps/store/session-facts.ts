import { isJsonObject, type JsonObject, plainJson } from '../../base/json.ts';
import { createPluginMasker } from '../plugin/plugin-secrets.ts';
import type { StoredStep } from './session-content.ts';

/** Who made a session. Source: inspector contract, "What is there to see". */
export const origins = ['invoke', 'simulate', 'test', 'gateway', 'library', 'rpc', 'import'] as const;
export type Origin = (typeof origins)[number];

/** What is known about a session as a whole; null: unknown. */
export interface SessionFacts {
  origin: Origin | null;
  /** How it ended: as a simulation says it, or `closed`. Null while it runs, and of calls made one by one. */
  ended: string | null;
  gatewayUser: string | null;
  gatewayGroups: string[] | null;
  /** In lower case. */
  protocol: string | null;
  /** ISO 8601, UTC. It started when it was made. */
  endedAt: string | null;
  /** What a gateway knows about the connection. Source: gateway contract, "What is kept and told". */
  gateway: JsonObject | null;
  /** Lock of the process that runs the session, see `takeOwnerLock`. */
  owner: string | null;
}

/** Those that are shown, in their order. */
export type ShownFacts = Pick<SessionFacts, 'origin' | 'ended' | 'gatewayUser' | 'gatewayGroups' | 'protocol'> & {
  gateway?: JsonObject;
};

/** Those that go into a file, if they are known. */
export type ExportedFacts = Partial<ShownFacts & Pick<SessionFacts, 'endedAt'>>;

export const unknownFacts: SessionFacts = {
  origin: null,
  ended: null,
  gatewayUser: null,
  gatewayGroups: null,
  protocol: null,
  endedAt: null,
  gateway: null,
  owner: null,
};

/** The facts as they may be shown, `gateway` where there is one. */
export function toShownFacts(
  { origin, ended, gatewayUser, gatewayGroups, protocol, gateway }: SessionFacts,
  secrets: StoredStep['secrets'],
  { showSecrets = false } = {},
): ShownFacts {
  const said = { gatewayUser, gatewayGroups, gateway };
  const shown = showSecrets ? said : (createPluginMasker(secrets.values, secrets.names).json(said) as typeof said);
  return {
    origin,
    ended,
    gatewayUser: shown.gatewayUser,
    gatewayGroups: shown.gatewayGroups,
    protocol,
    ...(isJsonObject(shown.gateway) ? { gateway: plainJson(shown.gateway) as JsonObject } : {}),
  };
}
