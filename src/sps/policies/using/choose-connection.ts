import { renderSuggestion } from '../../../base/nearest-name.ts';
import { PluginHostError } from '../../../base/plugin-host-error.ts';
import { connectionsOf, type Protocol, protocols } from '../bodies/collection-rules.ts';
import type { Configuration } from '../configuration.ts';
import { nameOfObject, type StoredObject } from '../stored-object.ts';

/** A committed connection policy. */
export interface ChosenConnection {
  name: string;
  protocol: Protocol;
  object: StoredObject;
}

/**
 * Finds a connection policy by its name, or by protocol and name: `ssh/NAME`.
 * @param configuration Undefined: nothing was ever committed
 * @throws PluginHostError POLICY_UNKNOWN, POLICY_AMBIGUOUS
 */
export function chooseConnection(configuration: Configuration | undefined, name: string): ChosenConnection {
  const all = configuration === undefined ? [] : listConnections(configuration);
  const found = all.filter((each) => each.name === name || `${each.protocol}/${each.name}` === name);
  const exact = found.filter((each) => each.name === name);
  const [chosen, other] = exact.length > 0 ? exact : found;
  if (chosen === undefined) {
    const names = all.map((each) => each.name);
    const nothing =
      'Nothing is committed in this state folder; commit a connection policy by the API of `plugin-host serve`.';
    throw new PluginHostError('POLICY_UNKNOWN', `${name}: no such connection policy`, {
      hint: names.length === 0 ? nothing : renderSuggestion(name, names),
    });
  }
  if (other === undefined) return chosen;
  const full = found.map((each) => `${each.protocol}/${each.name}`);
  throw new PluginHostError('POLICY_AMBIGUOUS', `${name}: ${full.length} protocols have such a connection policy`, {
    hint: `Name one of ${full.join(', ')}.`,
  });
}

/** All of them, those of one protocol after the other. */
export function listConnections(configuration: Configuration): ChosenConnection[] {
  return protocols.flatMap((protocol) =>
    Array.from(configuration.collection(connectionsOf(protocol)).values(), (object) => ({
      name: nameOfObject(object) ?? object.key,
      protocol,
      object,
    })),
  );
}
