import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { fitsWildcard } from './fits-wildcard.ts';

/** A usermapping policy, as it is committed. */
export interface Usermapping {
  name: string;
  allowsOthers: boolean;
  mappings: readonly { remoteUser: string; allowedGroups: readonly string[] }[];
}

export interface UsermappingQuestion {
  /** Null: the connection has none. */
  policy: Usermapping | null;
  gatewayUser: string | null;
  gatewayGroups: readonly string[] | null;
  /** Null: not known yet. */
  remoteUser: string | null;
}

export interface UsermappingDecision {
  /** Index of the entry that allowed it; null when none did, or none was needed. */
  entry: number | null;
  /** Null: nothing is decided. */
  allowed: boolean | null;
}

/**
 * Whether a gateway user may be the remote user. Without a policy only under the same name. Names and groups are case-sensitive; `*` in the
 * name of an entry stands for any text, the group `*` for everyone. Source: SPS REST API, usermapping policies; administration guide 7.2.
 */
export function decideUsermapping(question: UsermappingQuestion): UsermappingDecision {
  const { policy, gatewayUser, gatewayGroups, remoteUser } = question;
  if (remoteUser === null) return { entry: null, allowed: null };
  if (policy === null) return { entry: null, allowed: gatewayUser === null || gatewayUser === remoteUser };
  if (gatewayUser === null) return { entry: null, allowed: false };
  const entries = entriesFor(policy, remoteUser);
  if (entries.length === 0) return { entry: null, allowed: policy.allowsOthers && gatewayUser === remoteUser };
  const found = entries.find(({ allowedGroups }) => isAllowed(allowedGroups, gatewayGroups ?? []));
  return found === undefined ? { entry: null, allowed: false } : { entry: found.index, allowed: true };
}

/** The groups that would do for a remote user; empty when no group helps. */
export function groupsFor({ policy, remoteUser }: UsermappingQuestion): string[] {
  if (policy === null || remoteUser === null) return [];
  return [...new Set(entriesFor(policy, remoteUser).flatMap(({ allowedGroups }) => allowedGroups))];
}

function entriesFor(
  { mappings }: Usermapping,
  remoteUser: string,
): (Usermapping['mappings'][number] & { index: number })[] {
  return mappings.flatMap((mapping, index) =>
    fitsWildcard(mapping.remoteUser, remoteUser) ? [{ ...mapping, index }] : [],
  );
}

function isAllowed(allowed: readonly string[], groups: readonly string[]): boolean {
  return allowed.length === 0 || allowed.includes('*') || allowed.some((group) => groups.includes(group));
}

/** @param body Of a committed policy */
export function toUsermapping(body: JsonObject): Usermapping {
  const { name, allow_other_remote_users_without_mapping: others, mappings } = body;
  return {
    name: textOf(name),
    allowsOthers: others === true,
    mappings: listOf(mappings).map((mapping) => {
      const { remote_user: user, allowed_groups: groups } = isJsonObject(mapping) ? mapping : {};
      return { remoteUser: textOf(user), allowedGroups: listOf(groups).map(textOf) };
    }),
  };
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
