import { DatabaseFault } from '../../state/database-fault.ts';
import { findMisfit, stepShape } from './find-misfit.ts';
import type { StoredStep } from './session-content.ts';
import type { StoredSessions } from './stored-sessions.ts';

/**
 * Steps of a stored session that are shown, compared or called again: each is complete. A call does not read them, so it
 * works also after a damaged one. @throws PluginHostError STORE_UNREADABLE
 */
export function requireWhole<T extends StoredStep>(
  store: Pick<StoredSessions, 'judge'>,
  name: string,
  steps: T[],
): T[] {
  return store.judge(name, () => {
    for (const step of steps) {
      const misfit = findMisfit(step, stepShape, '');
      if (misfit !== undefined) throw new DatabaseFault(`step ${step.n} is not as plugin-host writes it (${misfit})`);
    }
    return steps;
  });
}
