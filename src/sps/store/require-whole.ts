import { DatabaseFault, guardDatabase } from '../../state/database-fault.ts';
import { findMisfit, stepShape } from './find-misfit.ts';
import type { StoredStep } from './session-content.ts';
import { sessionFormat } from './session-format.ts';
import type { SessionStore } from './session-store.ts';

/**
 * Steps of a stored session that are to be shown, compared or called again: each has all that it needs. A call does not look at them, so it
 * goes on also after one that is damaged. @throws PluginHostError STORE_UNREADABLE
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
