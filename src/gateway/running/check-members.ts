import { errorTraits, type RefusalCode } from '../../base/code.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import type { Problem } from '../../base/problem.ts';
import { checkPlugin } from '../../sps/check/check-plugin.ts';
import { surroundImport } from '../../sps/services/surround-import.ts';
import type { Member } from '../../sps/session/open-member.ts';
import type { GatewaySettings } from './gateway-settings.ts';

/** What no release of the appliance could run either: `--force` does not help against it. */
const unrunnable: readonly string[] = ['IMPORT_FAILED', 'CLASS_MISSING'];

/** Imports the plugins before a client comes, and judges them as `check` does. @throws PluginHostError the code of the first error that `check` finds */
export async function checkMembers(members: GatewaySettings['members'], force: boolean): Promise<void> {
  await Promise.all(Object.values(members).map((member) => checkMember(member, force)));
}

async function checkMember({ plugin, host }: Member, force: boolean): Promise<void> {
  // Of a committed policy the path is the one on the appliance.
  const { problems } = await checkPlugin(plugin.root, {
    ...host,
    surround: surroundImport(host),
    strict: false,
    mayImport: true,
    allowedMs: host.pluginTimeoutMs,
  });
  const error = problems.filter(isRefusal).find(({ code }) => !force || unrunnable.includes(code));
  if (error === undefined) return;
  const { code, message, hint } = error;
  throw new PluginHostError(code, `${plugin.path}: ${message}`, { hint });
}

function isRefusal(problem: Problem): problem is Problem<RefusalCode> {
  return problem.level === 'error' && Object.hasOwn(errorTraits, problem.code);
}
