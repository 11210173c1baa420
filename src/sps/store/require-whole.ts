import { DatabaseFault, guardDatabase } from '../../state/database-fault.ts';
import { findMisfit, stepShape } from './find-misfit.ts';
import type { StoredStep } from './session-content.ts';
import { sessionFormat } from './session-format.ts';
import type { SessionStore } from './session-store.ts';

/**
 * Steps of a stored session that are shown, compared or called again: each is complete. A call does not read them, so it
 * works also after a damaged one. @throws PluginHostError STORE_UNREADABLE
 */
export function requireWhole<T extends StoredStep>(store: SessionStore, name: string, steps: T[]): T[] {
  return guardDatabase(store.fileOf(name), sessionFormat, () => {
    for (const step of steps) {
      const misfit = findMisfit(step, stepShape, '');
      if (misfit !== undefined) throw new DatabaseFault(`step ${step.n} is not as plugin-host writes it (${misfit})`);
    }
    return steps;
  });
}
