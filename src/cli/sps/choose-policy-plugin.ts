import type { JsonObject } from '../../base/json.ts';
import { connections } from '../../sps/plugin/connections.ts';
import { addServices } from '../../sps/policies/using/add-services.ts';
import { chooseType, type TypeChoice } from '../../sps/policies/using/choose-type.ts';
import { type ConnectionPolicy, readPolicy } from '../../sps/policies/using/read-policy.ts';
import { baseOf } from '../../sps/simulation/policy/lay-over-policy.ts';
import { stepsOf } from '../../sps/simulation/policy/steps-of.ts';
import type { ChosenPlugin } from './chosen-plugin.ts';
import type { SharedOptions } from './commands/host-options.ts';
import { hostOf } from './host-options-of.ts';

interface Choice extends TypeChoice {
  connection: string | undefined;
  force: boolean;
}

/** @throws PluginHostError POLICY_WITHOUT_PLUGIN, TYPE_NEEDED, HOOK_UNKNOWN, USAGE, and as `readPolicy` and `resolveHost` */
export async function choosePolicyPlugin(choice: Choice, options: SharedOptions): Promise<ChosenPlugin> {
  const { policy: name, connection } = choice;
  const { stateDir } = await hostOf(undefined, options);
  const policy = await readPolicy(stateDir, name, choice);
  const type = chooseType(choice, policy);
  const found = policy.plugins[type];
  if (found === undefined) throw new Error(`no plugin of type ${type}`);
  const own = await hostOf(found.root, options);
  const configuration = options.config === undefined ? found.configuration : own.configuration;
  const { host, problems } = addServices({ ...own, stateDir, configuration }, policy);
  return {
    path: found.root,
    shownPath: found.path,
    host,
    connection: connectionOf(policy, connection),
    policy: stepsOf(policy)[type],
    problems,
  };
}

/** The arguments of a policy over its simulated connection. */
export function connectionOf(policy: ConnectionPolicy, given: string | undefined): JsonObject {
  const all: Record<string, JsonObject> = connections;
  return { ...all[baseOf(policy, given)], ...policy.arguments };
}
