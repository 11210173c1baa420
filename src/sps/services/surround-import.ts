import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Surround } from '../invocation/check-plugin.ts';
import { provideAppliance, type Providing } from './provide-appliance.ts';

/**
 * Lets a plugin be imported in what its first call would find: services, files, faults, empty state directories. These are gone afterwards: a
 * look at a plugin leaves nothing where its calls keep their files.
 */
export function surroundImport(host: Omit<Providing, 'plugin' | 'stateDir'>): Surround {
  return async (plugin, run) => {
    const stateDir = realpathSync(mkdtempSync(path.join(tmpdir(), `plugin-host-check-${process.pid}-`)));
    try {
      const { environment, appliance, findings } = provideAppliance({ ...host, plugin, stateDir });
      const problems = findings.map((finding) => ({ ...finding, file: null, line: null }));
      return await run({ environment, appliance, problems });
    } finally {
      rmSync(stateDir, { recursive: true, force: true });
    }
  };
}
