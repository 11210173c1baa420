import { toShownFacts, unknownFacts } from './session-facts.ts';
import { noSummary, type SessionReader } from './session-reader.ts';
import type { SessionSummary } from './stored-sessions.ts';

const noSecrets = { values: [], names: [] };

/** What a list shows of a session; of its steps only the last one is read. */
export function readSummary(reader: SessionReader, name: string, { showSecrets = false } = {}): SessionSummary {
  const facts = reader.facts();
  const said = facts.gatewayUser ?? facts.gatewayGroups ?? facts.gateway; // only these may contain a secret
  const secrets = said === null || showSecrets ? noSecrets : reader.secrets();
  return { name, ...toShownFacts(facts, secrets, { showSecrets }), ...reader.summary(), problem: null };
}

/** Of a session that has no step yet, or cannot be read. */
export function unreadSummary(name: string, problem: string | null): SessionSummary {
  return { name, ...toShownFacts(unknownFacts, noSecrets), ...noSummary, problem };
}
