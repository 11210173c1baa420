import { randomUUID } from 'node:crypto';
import { lstatSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { isLocked, lockFile } from './lock-file.ts';
import { makeStateFolder } from './make-state-folder.ts';

const ownersFolder = 'owners';
const namePattern = /^[0-9a-f-]{36}$/;

/** Shows that its holder is alive. What belongs to a running process, such as a session, names the lock by its id. */
export interface OwnerLock extends Disposable {
  readonly id: string;
  /** Safe to call twice. */
  release: () => void;
}

/**
 * Takes a new lock in a folder of the state folder. It ends with this process, also when that is killed: a lock of the system and not a process id,
 * which another process can get and which means nothing in another name space, and not a flock, which a child would inherit.
 * @throws PluginHostError STATE_UNWRITABLE, STATE_UNTRUSTED
 */
export function takeOwnerLock(stateDir: string, folderName = ownersFolder): OwnerLock {
  const folder = makeStateFolder(stateDir, folderName);
  removeDead(folder);
  for (;;) {
    const id = randomUUID();
    const file = path.join(folder, id);
    const lock = lockFile(file);
    if (lock === undefined) continue; // somebody thinks that its holder is dead
    if (lstatSync(file, { throwIfNoEntry: false }) === undefined) {
      lock.release(); // and has removed it
      continue;
    }
    const release = (): void => {
      rmSync(file, { force: true });
      lock.release();
    };
    return { id, release, [Symbol.dispose]: release };
  }
}

/** Whether the holder of a lock is alive and has not released it. Any text is allowed as an id. */
export function isOwnerAlive(stateDir: string, id: string, folderName = ownersFolder): boolean {
  return namePattern.test(id) && isLocked(path.join(stateDir, folderName, id));
}

/** Removes what killed holders left. A file is locked while it is removed, so that no new holder gets a file that disappears. */
function removeDead(folder: string): void {
  for (const id of readdirSync(folder)) {
    const file = path.join(folder, id);
    if (!namePattern.test(id) || isLocked(file)) continue;
    const lock = lockFile(file);
    if (lock === undefined) continue;
    rmSync(file, { force: true });
    lock.release();
  }
}

/** Whether any process holds a lock in that folder. */
export function hasLivingOwner(stateDir: string, folderName = ownersFolder): boolean {
  try {
    return readdirSync(path.join(stateDir, folderName)).some((id) => isOwnerAlive(stateDir, id, folderName));
  } catch {
    return false; // nobody ever held one
  }
}
