import type { JsonObject } from '../../base/json.ts';
import { renderSuggestion } from '../../base/nearest-name.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { connections } from '../../sps/plugin/connections.ts';
import { findHook, hooksByType, isPluginType, type PluginType } from '../../sps/plugin/find-hook.ts';
import { addServices } from '../../sps/policies/using/add-services.ts';
import { type ConnectionPolicy, readPolicy, typesOf } from '../../sps/policies/using/read-policy.ts';
import { baseOf } from '../../sps/simulation/open-policy-cast.ts';
import { stepsOf } from '../../sps/simulation/steps-of.ts';
import type { ChosenPlugin } from './chosen-plugin.ts';
import type { SharedOptions } from './commands/host-options.ts';
import { hostOf } from './host-options-of.ts';

interface Choice {
  hook: string;
  policy: string;
  type: string | undefined;
  connection: string | undefined;
  force: boolean;
}

/** @throws PluginHostError POLICY_WITHOUT_PLUGIN, TYPE_NEEDED, HOOK_UNKNOWN, USAGE, and as `readPolicy` and `resolveHost` */
export async function choosePolicyPlugin(choice: Choice, options: SharedOptions): Promise<ChosenPlugin> {
  const { policy: name, connection } = choice;
  const { stateDir } = await hostOf('.', options);
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

function chooseType({ hook, type, policy: name }: Choice, policy: ConnectionPolicy): PluginType {
  const types = Object.keys(hooksByType).filter(isPluginType);
  const having = types.filter((each) => findHook(each, hook) !== undefined);
  if (having.length === 0) {
    const known = types.flatMap((each) => hooksByType[each].map((other) => other.name));
    throw new PluginHostError('HOOK_UNKNOWN', `${hook} is not a hook`, {
      hint: renderSuggestion(hook, [...new Set(known)]),
    });
  }
  const fit = typesOf(policy).filter((each) => having.includes(each) && (type === undefined || each === type));
  const [first, other] = fit;
  if (first === undefined) {
    const wanted = type ?? having.join(' or ');
    throw new PluginHostError(
      'POLICY_WITHOUT_PLUGIN',
      `${name}: the connection policy has no plugin of type ${wanted}`,
      {
        hint: `It has ${typesOf(policy).join(' and ') || 'no plugin at all'}.`,
      },
    );
  }
  if (other === undefined) return first;
  throw new PluginHostError('TYPE_NEEDED', `${hook}: both plugins of the policy have this hook`, {
    hint: 'Say which one with --type aa or --type credentialstore.',
  });
}
