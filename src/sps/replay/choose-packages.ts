import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { type HostOptions, resolveHost } from '../call/resolve-host.ts';
import { loadPlugin } from '../plugin/load-plugin.ts';
import type { StoredStep } from '../store/session-content.ts';

/**
 * Which of some packages stand for the plugins of stored steps: those of the same type and name. A folder that only holds a project file is
 * none. @throws PluginHostError as `resolveHost` and `loadPlugin`
 */
export async function choosePackages(
  given: readonly string[],
  steps: readonly StoredStep[],
  host: HostOptions,
): Promise<string[]> {
  const chosen: string[] = [];
  for (const each of given) {
    if (isProjectOnly(path.resolve(host.currentFolder, each))) continue;
    const { type, name } = await loadPlugin(each, { ...(await resolveHost(each, host)), force: false });
    const isCalled = steps.some(({ record: { plugin } }) => plugin.type === type && plugin.name === name);
    if (isCalled) chosen.push(each);
  }
  return chosen;
}

function isProjectOnly(folder: string): boolean {
  return existsSync(folder) && statSync(folder).isDirectory() && !existsSync(path.join(folder, 'MANIFEST'));
}
