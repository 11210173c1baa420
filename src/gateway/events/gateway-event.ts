import type { RefusalCode } from '../destination/refusal.ts';
import type { GatewayFacts, GatewayChannel } from './gateway-facts.ts';

/** What happens in a gateway, as it happens; nothing in it is secret. Source: gateway contract, "What is kept and told". */
export type GatewayEvent = {
  /** ISO 8601, UTC. */ time: string;
  /** Name of the stored session. */ session?: string;
} & Happening;

export type Happening =
  | { event: 'listening'; address: string }
  | { event: 'login'; client: string; login: string; user: string; target: string }
  | { event: 'refused'; client: string; code: RefusalCode | 'TOO_MANY_SESSIONS'; message: string }
  | {
      event: 'hook';
      n: number;
      plugin: string;
      hook: string;
      kind: string;
      verdict: string | null;
      durationMs: number;
    }
  | { event: 'question'; hook: string; key: string; echo: boolean }
  | { event: 'target'; host: string; port: number; hostKey: string; known: boolean | 'changed' }
  | { event: 'credential'; kind: NonNullable<GatewayFacts['credential']>; accepted: boolean }
  | { event: 'connected' }
  | ({ event: 'channel' } & GatewayChannel)
  | { event: 'problem'; level: string; code: string; message: string }
  | { event: 'ended'; ended: string; reason: string; durationMs: number }
  | { event: 'stopping'; signal: string };
