import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import type { CallRecord } from '../call/call-record.ts';

export interface GatewayUser {
  gatewayUser: string | null;
  gatewayGroups: string[] | null;
}

/** What the arguments of a call say about the gateway user. */
export function gatewayUserOf(connection: JsonObject): GatewayUser {
  const { gateway_user: user, gateway_groups: groups } = connection;
  const isText = (value: Json): value is string => typeof value === 'string';
  return {
    gatewayUser: typeof user === 'string' ? user : null,
    gatewayGroups: Array.isArray(groups) ? groups.filter(isText) : null,
  };
}

/**
 * The arguments of the calls after one: authenticate may name another gateway user. User and groups are read together; with a user alone,
 * the groups stay as they were. Source: administration guide 5 F3.
 */
export function withGatewayUser(
  connection: JsonObject,
  record: Pick<CallRecord, 'hook' | 'verdict' | 'outcome'>,
): JsonObject {
  const { hook, verdict, outcome } = record;
  const isNamed = hook === 'authenticate' && verdict === 'ACCEPT' && outcome.kind === 'returned';
  const { gateway_user: user, gateway_groups: groups } = isNamed && isJsonObject(outcome.value) ? outcome.value : {};
  if (typeof user !== 'string') return connection;
  return { ...connection, gateway_user: user, ...(Array.isArray(groups) ? { gateway_groups: groups } : {}) };
}
