import type { JsonObject } from '../../../base/json.ts';
import type { StoredCredentials } from '../../flow/connect-target.ts';
import type { PolicyStep } from '../../flow/session-stage.ts';
import type { PluginType } from '../../plugin/find-hook.ts';
import { type ConnectionPolicy, typesOf } from '../../policies/using/read-policy.ts';

/** What the document of each step says of the policy. */
export function stepsOf(policy: ConnectionPolicy): Partial<Record<PluginType, PolicyStep>> {
  const { name, protocol, key, plugins } = policy;
  return Object.fromEntries(
    typesOf(policy).map((type) => [
      type,
      { name, protocol, key, plugin: plugins[type]?.plugin ?? '', instance: plugins[type]?.instance ?? '' },
    ]),
  );
}

/** What a local credential store has for the target and its user; undefined without one. */
export function storedBy({
  localCredentials,
}: ConnectionPolicy): ((connection: JsonObject) => StoredCredentials) | undefined {
  if (localCredentials === undefined) return undefined;
  return ({ server_ip: address, server_hostname: host, server_username: user }) => {
    const fit = localCredentials.filter((each) => each.user === user && (each.host === address || each.host === host));
    return {
      keys: fit.flatMap(({ privateKeys = [] }) => privateKeys.flatMap(({ key }) => key ?? [])),
      passwords: fit.flatMap(({ passwords = [] }) => passwords),
    };
  };
}
