import type { JsonObject } from '../../../base/json.ts';
import { PluginHostError } from '../../../base/plugin-host-error.ts';
import { connections } from '../../plugin/connections.ts';
import type { ConnectionPolicy } from '../../policies/using/read-policy.ts';

/**
 * The connection of a session that a policy describes: a name takes the place of the policy's simulated connection, single arguments lie over all.
 * @throws PluginHostError USAGE as `baseOf`
 */
export function layOverPolicy(
  policy: Pick<ConnectionPolicy, 'base' | 'protocol' | 'arguments'>,
  written: string | (JsonObject & { base?: string }) | undefined,
): JsonObject & { base: string } {
  const { base, ...own } = typeof written === 'object' ? written : { base: written };
  return { ...policy.arguments, ...own, base: baseOf(policy, base) };
}

/** @throws PluginHostError USAGE when the named connection is not one of the policy's protocol */
export function baseOf(
  { base, protocol }: Pick<ConnectionPolicy, 'base' | 'protocol'>,
  given: string | undefined,
): string {
  if (given === undefined) return base;
  const fit = Object.entries<JsonObject>(connections).filter(([, each]) => each['protocol'] === protocol);
  const names = fit.map(([name]) => name);
  if (names.includes(given)) return given;
  throw new PluginHostError('USAGE', `${given} is not a connection of ${protocol}, the protocol of the policy`, {
    hint: `Use ${names.join(' or ')}.`,
  });
}
