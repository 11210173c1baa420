import type { Problem } from '../../base/problem.ts';
import { addServices } from '../policies/using/add-services.ts';
import { typesOf } from '../policies/using/read-policy.ts';
import type { MemberOptions } from '../session/open-member.ts';
import type { Cast } from './cast.ts';
import { layOverPolicy } from './policy/lay-over-policy.ts';
import { openPolicyMembers } from './policy/open-policy-members.ts';
import type { PolicyChoice } from './policy/policy-choice.ts';
import type { Scenario } from './scenario.ts';

/**
 * A session with the plugins of a committed connection policy.
 * @throws PluginHostError USAGE, and as `openPolicyMembers`
 */
export async function openPolicyCast(
  { name, connection, overlay }: PolicyChoice,
  scenario: Omit<Scenario, 'plugins'>,
  options: MemberOptions,
): Promise<Cast> {
  const { policy, members: opened, close } = await openPolicyMembers(name, options);
  const members: Cast['members'] = {};
  const problems: Problem[] = [];
  for (const type of typesOf(policy)) {
    const member = opened[type];
    if (member === undefined) continue;
    const added = addServices(member.host, policy);
    if (problems.length === 0) problems.push(...added.problems);
    members[type] = { ...member, host: added.host };
  }
  let laid: ReturnType<typeof layOverPolicy>;
  try {
    laid = layOverPolicy(policy, connection ?? scenario.connection);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    scenario: { ...scenario, connection: { ...laid, ...overlay }, plugins: {} },
    members,
    placeOf: undefined,
    files: [],
    close,
    policy: { policy, problems },
  };
}
