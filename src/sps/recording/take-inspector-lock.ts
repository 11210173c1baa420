import { isOwnerAlive, type OwnerLock, takeOwnerLock } from '../../state/owner-lock.ts';
import { inspectorsFolder, listInspectors } from './inspectors-folder.ts';

/** Says that an inspector is open on the state folder, until it is released or this process ends. @throws PluginHostError as `takeOwnerLock` */
export function takeInspectorLock(stateDir: string): OwnerLock {
  return takeOwnerLock(stateDir, inspectorsFolder);
}

/** Whether an inspector is open; one that was killed is not. */
export function isInspected(stateDir: string): boolean {
  return listInspectors(stateDir).some((id) => isOwnerAlive(stateDir, id, inspectorsFolder));
}
