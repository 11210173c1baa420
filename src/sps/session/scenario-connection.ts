import { type JsonObject, showJson } from '../../json.ts';
import { connections, isConnectionName } from '../plugin/connections.ts';
import { applyLoginName, parseLoginName } from './login-name.ts';
import type { Scenario } from './scenario.ts';

/** The arguments that a scenario's session begins with, and the fields of its login name. */
export function buildConnection({ connection = 'ssh', login }: Pick<Scenario, 'connection' | 'login'>): {
  connection: JsonObject;
  loginAnswers: JsonObject;
} {
  const { base, ...given } = typeof connection === 'string' ? { base: connection } : connection;
  const protocol = typeof given['protocol'] === 'string' ? given['protocol'] : 'ssh';
  const name = base ?? protocol;
  const built: JsonObject = { ...connections[isConnectionName(name) ? name : 'ssh'], ...given };
  if (login === undefined) return { connection: built, loginAnswers: {} };
  const parsed = parseLoginName(login, showJson(built['protocol']).toLowerCase());
  return { connection: applyLoginName(built, parsed), loginAnswers: parsed.pairs };
}
