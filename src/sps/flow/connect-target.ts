import { isJsonObject, type Json } from '../../base/json.ts';
import { warning } from '../../base/problem.ts';
import type { CallResult } from '../call/call-hook.ts';
import type { Ending } from '../simulation/scenario.ts';
import type { SimulatedUser } from '../simulation/simulated-user.ts';
import { takesPassword, takesPrivateKey, type Target } from '../simulation/target.ts';
import { describeFailure, type SessionStage } from './session-stage.ts';

export interface TargetLogin {
  target: Target | undefined;
  user: SimulatedUser;
  /** How often the store is asked while the target refuses what it gave. */
  passwordRequests: number;
}

/** Where a wrong password can be typed again; in RDP it is asked for once, at the start. Source: administration guide 7.5. */
const patientProtocols = ['ssh', 'telnet'];
const typedTries = 3;

/**
 * Logs in on the target: with keys (SSH), then with passwords of the store, then with the one that the user types. Undefined: connected.
 * Source: SDK documentation 1.9.0, credential store (keys first); administration guide 7.5 (fallback to the user).
 */
export async function connectTarget(stage: SessionStage, login: TargetLogin): Promise<Ending | undefined> {
  const { target } = login;
  if (stage.has('credentialstore')) {
    warnOfMissingGatewayUser(stage);
    if (stage.protocol === 'ssh') {
      const keys = await fetchCredentials(stage, 'get_private_key_list', 'private_keys');
      if (typeof keys === 'string') return keys;
      if (keys.map(keyOf).some((key) => key !== undefined && takesPrivateKey(target, key))) return complete(stage);
    }
    for (let request = 0; request < login.passwordRequests; request += 1) {
      const passwords = await fetchCredentials(stage, 'get_password_list', 'passwords');
      if (typeof passwords === 'string') return passwords;
      if (passwords.some((password) => typeof password === 'string' && takesPassword(target, password)))
        return complete(stage);
    }
  }
  return (await typePassword(stage, login)) ?? complete(stage);
}

/** What the store gave, or how the session ended over it. */
async function fetchCredentials(stage: SessionStage, hook: string, key: string): Promise<readonly Json[] | Ending> {
  const result = await stage.call('credentialstore', hook);
  return stage.endingOf(result) ?? listOf(result, key);
}

function listOf({ record: { outcome } }: CallResult, key: string): readonly Json[] {
  const value = outcome.kind === 'returned' && isJsonObject(outcome.value) ? outcome.value[key] : undefined;
  return Array.isArray(value) ? value : [];
}

function keyOf(pair: Json): string | undefined {
  const key = Array.isArray(pair) ? pair[1] : undefined;
  return typeof key === 'string' ? key : undefined;
}

async function typePassword(stage: SessionStage, { target, user }: TargetLogin): Promise<Ending | undefined> {
  if (target === undefined) return undefined;
  const { server_username: name, server_ip: address, server_hostname: host } = stage.connection;
  const prompt = `Password of ${textOf(name) ?? 'the user'} at ${textOf(host) ?? textOf(address) ?? 'the target'}: `;
  const tries = patientProtocols.includes(stage.protocol) ? typedTries : 1;
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const password = await user.typePassword(prompt);
    if (password === null) return 'user-left';
    if (password === undefined) return 'target-refused';
    if (takesPassword(target, password)) return undefined;
  }
  return 'target-refused';
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Only after success; what it raises is logged and the session goes on. Source: credential store guide 6.9.3. */
async function complete(stage: SessionStage): Promise<undefined> {
  if (!stage.isCalled('credentialstore')) return undefined;
  const { record } = await stage.call('credentialstore', 'authentication_completed');
  if (record.outcome.kind !== 'returned') {
    stage.problems.push(describeFailure(record, 'SPS only logs this; the session goes on.'));
  }
  return undefined;
}

function warnOfMissingGatewayUser({ connection, problems }: SessionStage): void {
  if (typeof connection['gateway_user'] === 'string') return;
  problems.push(
    warning(
      'GATEWAY_AUTHENTICATION_MISSING',
      'the credential store is asked though no gateway user was authenticated; SPS does not combine the two',
      'Use a connection with a gateway user, or an AA plugin that returns gateway_user and gateway_groups.',
    ),
  );
}
