import { type JsonObject, showJson } from '../../base/json.ts';
import { applyLoginName, parseLoginName } from '../flow/login-name.ts';
import { connections, isConnectionName } from '../plugin/connections.ts';
import type { Scenario } from './scenario.ts';

/** The first arguments of a scenario's session, and the fields of its login name. */
export function buildConnection({ connection = 'ssh', login }: Pick<Scenario, 'connection' | 'login'>): {
  connection: JsonObject;
  loginAnswers: JsonObject;
} {
  const { base, ...given } = typeof connection === 'string' ? { base: connection } : connection;
  const protocol = typeof given['protocol'] === 'string' ? given['protocol'] : 'ssh';
  const name = base ?? protocol;
  return applyLogin({ ...connections[isConnectionName(name) ? name : 'ssh'], ...given }, login);
}

/** A connection once its user has typed a login name, and the fields of that name. */
export function applyLogin(
  connection: JsonObject,
  login: string | undefined,
): { connection: JsonObject; loginAnswers: JsonObject } {
  if (login === undefined) return { connection, loginAnswers: {} };
  const parsed = parseLoginName(login, showJson(connection['protocol']).toLowerCase());
  return { connection: applyLoginName(connection, parsed), loginAnswers: parsed.pairs };
}
