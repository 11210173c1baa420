import type { JsonObject } from '../../base/json.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import type { Problem } from '../../base/problem.ts';
import { connections } from '../plugin/connections.ts';
import { addServices } from '../policies/using/add-services.ts';
import { type ConnectionPolicy, readPolicy, typesOf } from '../policies/using/read-policy.ts';
import { type MemberOptions, openMember } from '../session/open-member.ts';
import type { Cast } from './cast.ts';
import type { PolicyChoice } from './policy-choice.ts';
import type { Scenario } from './scenario.ts';

/**
 * A session with the plugins of a committed connection policy.
 * @throws PluginHostError POLICY_WITHOUT_PLUGIN when it has none, USAGE, and as `readPolicy` and `openMember`
 */
export async function openPolicyCast(
  { name, connection, overlay }: PolicyChoice,
  scenario: Omit<Scenario, 'plugins'>,
  options: MemberOptions,
): Promise<Cast> {
  const policy = await readPolicy(options.sessionStateDir, name, options);
  const types = typesOf(policy);
  if (types.length === 0) {
    throw new PluginHostError('POLICY_WITHOUT_PLUGIN', `${name}: the connection policy has no plugin`, {
      hint: 'Give it an aa_plugin or a credential_store of an external plugin.',
    });
  }
  const members: Cast['members'] = {};
  const problems: Problem[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(Object.values(members).map(({ shims }) => shims.close()));
  };
  try {
    for (const type of types) {
      const plugin = policy.plugins[type];
      if (plugin === undefined) continue;
      const { configuration, root, path } = plugin;
      const member = await openMember(root, { ...options, configuration });
      const added = addServices(member.host, policy);
      if (problems.length === 0) problems.push(...added.problems);
      members[type] = { ...member, host: added.host, plugin: { ...member.plugin, path } };
    }
  } catch (error) {
    await close();
    throw error;
  }
  const given = typeof scenario.connection === 'object' ? scenario.connection : {};
  const base = baseOf(
    policy,
    connection ?? (typeof scenario.connection === 'string' ? scenario.connection : undefined),
  );
  return {
    scenario: { ...scenario, connection: { base, ...policy.arguments, ...given, ...overlay }, plugins: {} },
    members,
    placeOf: undefined,
    files: [],
    close,
    policy: { policy, problems },
  };
}

/** @throws PluginHostError USAGE when the named connection is not one of the policy's protocol */
export function baseOf({ base, protocol }: ConnectionPolicy, given: string | undefined): string {
  if (given === undefined) return base;
  const fit = Object.entries<JsonObject>(connections).filter(([, each]) => each['protocol'] === protocol);
  const names = fit.map(([name]) => name);
  if (names.includes(given)) return given;
  throw new PluginHostError('USAGE', `${given} is not a connection of ${protocol}, the protocol of the policy`, {
    hint: `Use ${names.join(' or ')}.`,
  });
}
