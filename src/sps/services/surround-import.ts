import { makeTemporaryFolder } from '../../process/folders/make-temporary-folder.ts';
import { removeFolder } from '../../process/folders/remove-folder.ts';
import { type BackendsOf, openBackends } from '../backends/open-backends.ts';
import type { Surround } from '../check/check-plugin.ts';
import { provideAppliance, type Providing } from './provide-appliance.ts';

/**
 * Lets a plugin be imported with what its first call would find: services, files, faults, empty state directories. These are removed afterwards: a
 * check of a plugin leaves nothing where its calls keep their files.
 */
export function surroundImport(host: Omit<Providing, 'plugin' | 'stateDir' | 'stateUrl'> & BackendsOf): Surround {
  return async (plugin, run) => {
    const stateDir = makeTemporaryFolder();
    try {
      await using backends = await openBackends(host);
      const given = { ...host, plugin, stateDir, stateUrl: undefined, backendsRequest: backends.request };
      const { environment, appliance, problems: found } = provideAppliance(given);
      const problems = found.map((problem) => ({ ...problem, file: null, line: null }));
      return await run({ environment, appliance, problems });
    } finally {
      removeFolder(stateDir);
    }
  };
}
