import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { warning } from '../../base/problem.ts';
import type { CallResult } from '../call/call-hook.ts';
import type { Ending } from './ending.ts';
import { describeFailure, type SessionStage } from './session-stage.ts';
import type { Admission, Target } from './target.ts';
import type { User } from './user.ts';

/** What SPS itself has for a target and its user. */
export interface StoredCredentials {
  /** PEM */
  keys: readonly string[];
  passwords: readonly string[];
}

export interface TargetLogin {
  target: Target;
  user: User;
  /** How often the store is asked while the target refuses its credentials. */
  passwordRequests: number;
  /** Of a local credential store. */
  stored?: ((connection: JsonObject) => StoredCredentials) | undefined;
}

/** What a login needs of its session. */
export type LoginStage = Pick<
  SessionStage,
  'protocol' | 'connection' | 'problems' | 'has' | 'call' | 'isCalled' | 'endingOf'
>;

/** Where a wrong password can be typed again; in RDP it is asked for once, at the start. Source: administration guide 7.5. */
const patientProtocols = ['ssh', 'telnet'];
const typedTries = 3;

/**
 * Logs in on the target: with keys (SSH), then with passwords of the store, then with the one that the user types. Undefined: connected.
 * Source: SDK documentation 1.9.0, credential store (keys first); administration guide 7.5 (fallback to the user).
 */
export async function connectTarget(stage: LoginStage, login: TargetLogin): Promise<Ending | undefined> {
  const unreached = await login.target.reach(stage.connection);
  const admission =
    unreached ??
    (await offerStored(stage, login)) ??
    (await offerLocal(stage, login)) ??
    (await offerTyped(stage, login));
  return admission === true ? complete(stage) : admission;
}

/** Undefined: the store gave nothing that the target accepts, or there is no store. */
async function offerStored(stage: LoginStage, login: TargetLogin): Promise<true | Ending | undefined> {
  if (!stage.has('credentialstore')) return undefined;
  warnOfMissingGatewayUser(stage);
  const { target } = login;
  if (stage.protocol === 'ssh') {
    const keys = await fetchCredentials(stage, 'get_private_key_list', 'private_keys');
    if (typeof keys === 'string') return keys;
    const admission = await offer(keys.map(keyOf), (key) => target.takesKey(key));
    if (admission !== false) return admission;
  }
  for (let request = 0; request < login.passwordRequests; request += 1) {
    const passwords = await fetchCredentials(stage, 'get_password_list', 'passwords');
    if (typeof passwords === 'string') return passwords;
    const admission = await offer(passwords, (password) => target.takesPassword(password));
    if (admission !== false) return admission;
  }
  return undefined;
}

/** Undefined: the local credential store has nothing that the target accepts, or there is none. */
async function offerLocal(stage: LoginStage, { target, stored }: TargetLogin): Promise<true | Ending | undefined> {
  if (stored === undefined) return undefined;
  const { keys, passwords } = stored(stage.connection);
  const byKey = stage.protocol === 'ssh' && (await offer(keys, (key) => target.takesKey(key)));
  const admission = byKey === false ? await offer(passwords, (password) => target.takesPassword(password)) : byKey;
  return admission === false ? undefined : admission;
}

/** One after the other, until one is accepted. */
async function offer(
  credentials: readonly (Json | undefined)[],
  takes: (credential: string) => Promise<Admission>,
): Promise<Admission> {
  for (const credential of credentials) {
    const admission = typeof credential === 'string' && (await takes(credential));
    if (admission !== false) return admission;
  }
  return false;
}

/** What the store gave, or how the session ended because of it. */
async function fetchCredentials(stage: LoginStage, hook: string, key: string): Promise<readonly Json[] | Ending> {
  const result = await stage.call('credentialstore', hook);
  return stage.endingOf(result) ?? listOf(result, key);
}

function listOf({ record: { outcome } }: CallResult, key: string): readonly Json[] {
  const value = outcome.kind === 'returned' && isJsonObject(outcome.value) ? outcome.value[key] : undefined;
  return Array.isArray(value) ? value : [];
}

function keyOf(pair: Json): Json | undefined {
  return Array.isArray(pair) ? pair[1] : undefined;
}

async function offerTyped(stage: LoginStage, { target, user }: TargetLogin): Promise<true | Ending> {
  const without = await target.takesNothing();
  if (without !== false) return without;
  const { server_username: name, server_ip: address, server_hostname: host } = stage.connection;
  const request = { user: textOf(name), host: textOf(host) ?? textOf(address) };
  const tries = patientProtocols.includes(stage.protocol) ? typedTries : 1;
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const password = await user.typePassword(request);
    if (password === null) return 'user-left';
    if (password === undefined) return 'target-refused';
    const admission = await target.takesPassword(password);
    if (admission !== false) return admission;
  }
  return 'target-refused';
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Only after success; what it raises is logged and the session goes on. Source: credential store guide 6.9.3. */
async function complete(stage: LoginStage): Promise<undefined> {
  if (!stage.isCalled('credentialstore')) return undefined;
  const { record } = await stage.call('credentialstore', 'authentication_completed');
  if (record.outcome.kind !== 'returned') {
    stage.problems.push(describeFailure(record, 'SPS only logs this; the session goes on.'));
  }
  return undefined;
}

function warnOfMissingGatewayUser({ connection, problems }: LoginStage): void {
  if (typeof connection['gateway_user'] === 'string') return;
  problems.push(
    warning(
      'GATEWAY_AUTHENTICATION_MISSING',
      'the credential store is asked, but no gateway user was authenticated; SPS does not combine the two',
      'Use a connection with a gateway user, or an AA plugin that returns gateway_user and gateway_groups.',
    ),
  );
}
