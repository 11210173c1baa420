import { PluginHostError } from '../../../base/plugin-host-error.ts';
import type { PluginType } from '../../plugin/find-hook.ts';
import { type ConnectionPolicy, readPolicy, typesOf } from '../../policies/using/read-policy.ts';
import { type Member, type MemberOptions, openMember } from '../../session/open-member.ts';

/** The plugins of a committed connection policy, without its services. */
export interface PolicyMembers {
  policy: ConnectionPolicy;
  members: Partial<Record<PluginType, Member>>;
  /** Ends their processes. */
  close: () => Promise<void>;
}

/** @throws PluginHostError POLICY_WITHOUT_PLUGIN when it has none, and as `readPolicy` and `openMember` */
export async function openPolicyMembers(name: string, options: MemberOptions): Promise<PolicyMembers> {
  const policy = await readPolicy(options.policyStateDir ?? options.sessionStateDir, name, options);
  const types = typesOf(policy);
  if (types.length === 0) {
    throw new PluginHostError('POLICY_WITHOUT_PLUGIN', `${name}: the connection policy has no plugin`, {
      hint: 'Give it an aa_plugin or a credential_store of an external plugin.',
    });
  }
  const members: PolicyMembers['members'] = {};
  const close = async (): Promise<void> => {
    await Promise.all(Object.values(members).map(({ shims }) => shims.close()));
  };
  try {
    for (const type of types) {
      const plugin = policy.plugins[type];
      if (plugin === undefined) continue;
      const { configuration, root, path } = plugin;
      const member = await openMember(root, { ...options, configuration });
      members[type] = { ...member, plugin: { ...member.plugin, path } };
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { policy, members, close };
}
