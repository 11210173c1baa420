import { readdirSync } from 'node:fs';
import path from 'node:path';
import { isOwnerAlive, type OwnerLock, takeOwnerLock } from '../../state/owner-lock.ts';
import { inspectorsFolder } from './recorder.ts';

/** Says that an inspector is open on the state folder, until it is released or this process ends. @throws PluginHostError as `takeOwnerLock` */
export function takeInspectorLock(stateDir: string): OwnerLock {
  return takeOwnerLock(stateDir, inspectorsFolder);
}

/** Whether an inspector is open; one that was killed is not. */
export function isInspected(stateDir: string): boolean {
  try {
    const ids = readdirSync(path.join(stateDir, inspectorsFolder));
    return ids.some((id) => isOwnerAlive(stateDir, id, inspectorsFolder));
  } catch {
    return false; // none ever was
  }
}
