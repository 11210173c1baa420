import type { Problem } from '../../base/problem.ts';
import type { ChannelFacts } from '../channels/channel-facts.ts';

export type GatewayChannel = ChannelFacts;

/** What a gateway keeps of a connection besides its steps, masked. Source: gateway contract, "What is kept and told". */
export interface GatewayFacts {
  /** Address and port. */
  client: string;
  clientVersion: string;
  login: string;
  target: { user: string; host: string; ip: string; port: number; hostKey: string | null };
  /** What the target took last. */
  credential: 'key' | 'password' | 'typed' | null;
  /** ISO 8601, UTC, like the two below. */
  startedAt: string;
  connectedAt: string | null;
  endedAt: string | null;
  /** Why it ended, in words. */
  reason: string | null;
  channels: GatewayChannel[];
  /** Of the session as a whole. */
  problems: Pick<Problem, 'level' | 'code' | 'message' | 'hint'>[];
}
