import { type OwnerLock, takeOwnerLock } from '../../state/owner-lock.ts';

/** By state folder. */
const shared = new Map<string, { lock: OwnerLock; users: number }>();

/**
 * As `takeOwnerLock`, but the same lock for all that use it at the same time in this process: making one takes longer than anything else that is done
 * to record a call. @throws PluginHostError as `takeOwnerLock`
 */
export function shareOwner(stateDir: string): Pick<OwnerLock, 'id' | 'release'> {
  const owner = shared.get(stateDir) ?? { lock: takeOwnerLock(stateDir), users: 0 };
  shared.set(stateDir, owner);
  owner.users += 1;
  return {
    id: owner.lock.id,
    release: () => {
      owner.users -= 1;
      if (owner.users > 0) return;
      shared.delete(stateDir);
      owner.lock.release();
    },
  };
}
