import { renderSuggestion } from '../../../base/nearest-name.ts';
import { PluginHostError } from '../../../base/plugin-host-error.ts';
import { findHook, hooksByType, isPluginType, type PluginType } from '../../plugin/find-hook.ts';
import { type ConnectionPolicy, typesOf } from './read-policy.ts';

export interface TypeChoice {
  hook: string;
  /** Name of the policy, for messages. */
  policy: string;
  /** Undefined: the one that has the hook. */
  type: string | undefined;
}

/**
 * The type of the plugin of a policy that a hook is called of.
 * @throws PluginHostError HOOK_UNKNOWN, POLICY_WITHOUT_PLUGIN, TYPE_NEEDED when both plugins have the hook
 */
export function chooseType(
  { hook, type, policy: name }: TypeChoice,
  policy: Pick<ConnectionPolicy, 'plugins'>,
): PluginType {
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
