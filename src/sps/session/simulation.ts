import type { JsonObject } from '../../json.ts';
import type { Finding } from '../outcome/finding.ts';
import type { PluginType } from '../plugin/hooks.ts';
import type { CallRecord } from './call-record.ts';
import type { Ending } from './scenario.ts';

/** A whole session with all that is to be said of it. Source: product contract, JSON of `simulate`. */
export interface Simulation {
  /** Null when nothing is kept. */
  session: string | null;
  ended: Ending;
  gatewayUser: string | null;
  gatewayGroups: string[] | null;
  steps: SimulationStep[];
  /** At the end; empty for a plugin that the session does not have. */
  cookies: Record<PluginType, JsonObject>;
  sessionCookie: JsonObject;
  /** Of the session as a whole; each step has its own besides. */
  problems: Finding[];
}

export interface SimulationStep extends CallRecord {
  /** From 1. */
  n: number;
  /** ISO 8601, UTC. */
  startedAt: string;
  /** What the user is asked, when the verdict is NEEDINFO. */
  question: AskedQuestion | null;
  /** What the user answered. */
  answer: string | null;
  /** Of several proxy sessions of one login, from 1. */
  proxySession?: number;
}

export interface AskedQuestion {
  key: string;
  prompt: string;
  /** False: typing stays invisible, and the answer is a secret. */
  echo: boolean;
}
