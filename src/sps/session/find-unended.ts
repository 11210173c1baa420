import { pluginTypes, type PluginType } from '../plugin/find-hook.ts';
import type { StoredStep } from '../store/session-content.ts';

/**
 * Ends a session for each of its plugins, the credential store first, one after the other. A failure does not stop the rest: their
 * session has ended as well. Source: ours, the order is not documented. @throws the first failure, after all
 */
export async function endEach<T, R>(
  members: readonly T[],
  typeOf: (member: T) => PluginType,
  end: (member: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const failures: unknown[] = [];
  for (const type of pluginTypes.toReversed()) {
    for (const member of members.filter((each) => typeOf(each) === type)) {
      try {
        results.push(await end(member));
      } catch (failure) {
        failures.push(failure);
      }
    }
  }
  if (failures.length > 0) throw failures[0];
  return results;
}

/** The last step of each plugin that was called and not told about the end since. */
export function findUnended(steps: readonly StoredStep[]): StoredStep[] {
  const last = new Map(steps.map((step) => [`${step.record.plugin.type}/${step.record.plugin.name}`, step]));
  return [...last.values()].filter(({ record }) => record.hook !== 'session_ended');
}
