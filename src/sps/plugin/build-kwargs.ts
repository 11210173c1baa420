import { type Json, type JsonObject, showJson } from '../../base/json.ts';
import { type Hook, argumentsOf } from './find-hook.ts';

export interface KwargsSources {
  /** Arguments of the connection, by the names of `connections`. */
  connection: JsonObject;
  /** Replaces them, key by key; names may be those of any hook. */
  overlay: JsonObject;
  /** Earlier answers, part of `key_value_pairs` unless the overlay has its own. */
  answers: JsonObject;
  cookie: JsonObject;
  sessionCookie: JsonObject;
  /** First part of the session id. */
  sessionName: string;
  /** API of the emulated appliance. */
  api: string;
}

/**
 * Everything an appliance passes to this hook, plus what the overlay adds. The deprecated names follow the current ones:
 * SDK 1.5.1 and newer compute them like this; `target_host` and `target_server` are the IP address, as before 1.5.
 */
export function buildKwargs(hook: Hook, sources: KwargsSources): JsonObject {
  const { connection, overlay, answers, cookie, sessionCookie, sessionName, api } = sources;
  const values: JsonObject = {
    ...connection,
    key_value_pairs: { ...(connection['key_value_pairs'] as JsonObject), ...answers },
    cookie,
    session_cookie: sessionCookie,
    ...overlay,
  };
  const valueOf = (name: string): Json => values[name] ?? null;
  const gatewayUser = valueOf(overlay['gateway_username'] === undefined ? 'gateway_user' : 'gateway_username');
  const derived: JsonObject = {
    session_id: `svc/${sessionName}/${showJson(valueOf('connection_name'))}:0`,
    gateway_username: gatewayUser,
    // The appliance gives the empty text where it does not know the password. Source: SDK documentation 1.9.0, connection_info.
    gateway_password: gatewayUser === null ? null : '',
    ...values,
    gateway_user: gatewayUser,
  };
  const known = argumentsOf(hook, api).map(({ name, deprecatedFor = name }): [string, Json] => [
    name,
    (name in overlay ? overlay[name] : derived[deprecatedFor]) ?? null,
  ]);
  return { ...Object.fromEntries(known), ...overlay };
}

/** Names in the overlay that the appliance never passes to this hook. */
export function unknownKwargs(hook: Hook, overlay: JsonObject, api: string): string[] {
  const known = new Set(argumentsOf(hook, api).map(({ name }) => name));
  return Object.keys(overlay).filter((name) => !known.has(name));
}
