import { makeTemporaryFolder } from '../../process/folders/make-temporary-folder.ts';
import { removeFolder } from '../../process/folders/remove-folder.ts';
import type { Surround } from '../check/check-plugin.ts';
import { provideAppliance, type Providing } from './provide-appliance.ts';

/**
 * Lets a plugin be imported with what its first call would find: services, files, faults, empty state directories. These are removed afterwards: a
 * check of a plugin leaves nothing where its calls keep their files.
 */
export function surroundImport(host: Omit<Providing, 'plugin' | 'stateDir'>): Surround {
  return async (plugin, run) => {
    const stateDir = makeTemporaryFolder();
    try {
      const { environment, appliance, problems: found } = provideAppliance({ ...host, plugin, stateDir });
      const problems = found.map((problem) => ({ ...problem, file: null, line: null }));
      return await run({ environment, appliance, problems });
    } finally {
      removeFolder(stateDir);
    }
  };
}
