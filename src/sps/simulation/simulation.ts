import type { JsonObject } from '../../base/json.ts';
import type { Problem } from '../../base/problem.ts';
import type { Ending } from '../flow/ending.ts';
import type { FlowStep } from '../flow/session-stage.ts';
import type { PluginType } from '../plugin/find-hook.ts';

/** A whole session with everything there is to say about it. Source: product contract, JSON of `simulate`. */
export interface Simulation {
  /** Null when nothing is kept. */
  session: string | null;
  ended: Ending;
  gatewayUser: string | null;
  gatewayGroups: string[] | null;
  steps: FlowStep[];
  /** At the end; empty for a plugin that the session does not have. */
  cookies: Record<PluginType, JsonObject>;
  sessionCookie: JsonObject;
  /** Of a session that a committed connection policy describes. */
  policy?: { name: string; protocol: string; key: string };
  /** Whether the gateway user may be the remote user, by that policy. */
  usermapping?: {
    /** Null: the connection has none. */
    policy: string | null;
    gatewayUser: string | null;
    gatewayGroups: string[] | null;
    remoteUser: string | null;
    /** Index of the entry that allowed it. */
    entry: number | null;
    /** Null: nothing was decided. */
    allowed: boolean | null;
  };
  /** Of the session as a whole; each step has its own too. */
  problems: Problem[];
}
