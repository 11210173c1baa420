import { PluginHostError } from '../../base/plugin-host-error.ts';
import { type HostOptions, resolveHost } from '../call/resolve-host.ts';
import type { PluginType } from '../plugin/find-hook.ts';
import { loadPlugin } from '../plugin/load-plugin.ts';
import type { StoredStep } from '../store/session-content.ts';

/** Paths that were given, by type of plugin. @throws PluginHostError USAGE for a plugin of a type that is not called */
export async function findPluginPaths(
  plugins: readonly string[],
  steps: readonly StoredStep[],
  { force, ...given }: HostOptions & { force: boolean },
): Promise<Map<PluginType, string>> {
  const paths = new Map<PluginType, string>();
  for (const path of plugins) {
    const { type } = await loadPlugin(path, { ...(await resolveHost(path, given)), force });
    if (paths.has(type)) {
      throw new PluginHostError('USAGE', `${path}: a second plugin of type ${type}`, {
        hint: 'Give one of each type.',
      });
    }
    paths.set(type, path);
  }
  for (const [type, path] of paths) {
    // With one plugin only, -p says where the state folder is, as in the other commands.
    if (steps.length === 0 || steps.some(({ record }) => record.plugin.type === type)) continue;
    throw new PluginHostError('USAGE', `${path}: is a plugin of type ${type}; no step that is called is of one`, {
      hint: 'Name a plugin of the type of the step; --state names the state folder.',
    });
  }
  return paths;
}
