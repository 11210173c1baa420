import { lstatSync, rmSync } from 'node:fs';
import path from 'node:path';
import { currentEnvironment, readChosen } from '../../../project/find-installed-python.ts';
import { lockFile } from '../../../state/lock-file.ts';
import { removeUser, usersFolder, usersOf } from '../python/choose-environment.ts';
import { listEnvironments, type SdkEnvironment } from '../python/sdk-environment.ts';
import { measure } from './measure.ts';
import type { Removed } from './removable.ts';

/** An environment that this state folder no longer needs, and others do. */
export interface KeptEnvironment {
  name: string;
  /** The other state folders. */
  users: string[];
}

interface SharedOptions {
  /** Folder of the environments that the user's folders share. */
  root: string;
  stateDir: string;
  /** Only what was not changed since, in milliseconds of the epoch. */
  before: number;
  isDryRun: boolean;
}

/**
 * A state folder lets go of the environments that it shares with others. One that no other state folder needs is removed, and so are those whose folders are
 * all gone. One that is being installed stays.
 */
export function cleanShared({ root, stateDir, before, isDryRun }: SharedOptions): {
  removed: Removed[];
  kept: KeptEnvironment[];
} {
  const removed: Removed[] = [];
  const kept: KeptEnvironment[] = [];
  for (const environment of listEnvironments(root)) {
    const users = usersOf(environment);
    const others = users.filter((each) => each !== stateDir);
    const isWanted = others.length === 0 || users.includes(stateDir);
    if (!isWanted || lstatSync(environment.folder).mtimeMs > before) continue;
    const lock = lockFile(environment.lock);
    if (lock === undefined) continue;
    try {
      const name = path.basename(environment.folder);
      if (others.length > 0) kept.push({ name, users: others });
      else removed.push({ kind: 'environment', name, bytes: measure(environment.folder) });
      if (!isDryRun) letGo(environment, stateDir, others.length === 0);
    } finally {
      lock.release();
    }
  }
  return { removed, kept };
}

function letGo(environment: SdkEnvironment, stateDir: string, isLast: boolean): void {
  removeUser(environment, stateDir);
  if (readChosen(stateDir) === environment.folder) rmSync(currentEnvironment(stateDir));
  if (!isLast) return;
  environment.remove();
  rmSync(usersFolder(environment), { recursive: true, force: true });
}
