import { unpackBytes } from '../../package/unpack-bytes.ts';
import { pluginTypes } from '../../plugin/find-hook.ts';
import { pathOfPlugin, pluginsFolder } from '../show-body.ts';
import { readPolicies } from '../storage/read-policies.ts';
import { answersOf } from './answers-of.ts';
import { keepAnswers } from './keep-answers.ts';
import type { ConnectionPolicy } from './read-policy.ts';
import { servicesOf } from './services-of.ts';

/** A committed plugin, with what the committed configuration provides to it. */
export type CommittedPlugin = Pick<ConnectionPolicy, 'services' | 'answers' | 'answersFile'> & {
  /** Where its package is unpacked. */
  root: string;
};

/**
 * The plugin that a call of a connection policy recorded: its path is the one that the API reports, which is nowhere on this machine.
 * Undefined when it is no such path, or no longer committed. @throws PluginHostError as `readPolicies` and `unpackBytes`
 */
export async function findCommitted(stateDir: string, path: string): Promise<CommittedPlugin | undefined> {
  if (!path.startsWith(`${pluginsFolder}/`)) return undefined;
  const found = readPolicies(stateDir, (configuration, packageOf) => {
    for (const type of pluginTypes) {
      const objects = [...configuration.collection(`plugins/${type}`).values()];
      const bytes = packageOf(objects.find((each) => pathOfPlugin(type, each) === path)?.package?.digest ?? '');
      if (bytes === undefined) continue;
      return { bytes, services: servicesOf(configuration), ...answersOf(configuration) };
    }
    return undefined;
  });
  if (found === undefined) return undefined;
  const { bytes, large, ...others } = found;
  const root = await unpackBytes(Buffer.from(bytes), stateDir);
  return { ...others, root, answersFile: large === undefined ? undefined : keepAnswers(stateDir, large) };
}
