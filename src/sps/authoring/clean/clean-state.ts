import { chmodSync, existsSync, lstatSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { currentEnvironment } from '../../../project/find-installed-python.ts';
import { requireTrustedState } from '../../../state/make-state-folder.ts';
import { hasLivingOwner } from '../../../state/owner-lock.ts';
import type { SessionStore } from '../../store/session-store.ts';
import { cleanShared, type KeptEnvironment } from './clean-shared.ts';
import { findEnvironments, findLeftovers, findPackages } from './find-packages.ts';
import { measure } from './measure.ts';
import type { Removable, Removed } from './removable.ts';

/** Whoever holds a session for longer is calling in it. */
const patienceMs = 500;

export interface CleanOptions {
  store: SessionStore;
  /** Folder of the environments that the user's folders share; undefined when there is none. */
  shared: string | undefined;
  /** Only what was not used since, in milliseconds of the epoch. */
  before: number;
  /** Also named sessions and environments. */
  isAll: boolean;
  isDryRun: boolean;
  /** Whether a session has no name of the user's. */
  isUnnamed: (name: string) => boolean;
}

export interface Cleaned {
  dryRun: boolean;
  /** Of all that was removed, or would be. */
  bytes: number;
  removed: Removed[];
  /** Environments that this folder lets go, and that others need; absent when there is none. */
  kept?: KeptEnvironment[];
}

/**
 * Removes what a state folder can do without. A session whose call is running stays, and while a server, a gateway or an inspector works on the folder
 * its packages stay too. @throws PluginHostError STATE_UNTRUSTED, STORE_UNREADABLE
 */
export async function cleanState(options: CleanOptions): Promise<Cleaned> {
  const { store, shared, before, isAll, isDryRun, isUnnamed } = options;
  const { stateDir } = store;
  requireTrustedState(stateDir);
  const found = findSessions(store, before, (name) => isAll || isUnnamed(name));
  const isInUse = hasLivingOwner(stateDir) || hasLivingOwner(stateDir, 'inspectors');
  const files = [
    ...(isInUse ? [] : findPackages(stateDir, before)),
    ...(isAll ? findEnvironments(stateDir, before) : []),
    ...(isInUse ? [] : findLeftovers(stateDir, before)),
  ];
  const sessions = isDryRun ? found : await removeSessions(store, found);
  if (!isDryRun) {
    for (const { file } of files) removeTree(file);
    removeDangling(currentEnvironment(stateDir));
  }
  const own = [...sessions, ...files].map(({ kind, name, bytes }) => ({ kind, name, bytes }));
  const root = isAll ? shared : undefined;
  const ofAll = root === undefined ? undefined : cleanShared({ root, stateDir, before, isDryRun });
  const removed = [...own, ...(ofAll?.removed ?? [])];
  const kept = ofAll?.kept ?? [];
  return {
    dryRun: isDryRun,
    bytes: removed.reduce((sum, { bytes }) => sum + bytes, 0),
    removed,
    ...(kept.length > 0 && { kept }),
  };
}

/** Gives those that were removed: one that somebody has just opened stays. */
async function removeSessions(store: SessionStore, found: readonly Removable[]): Promise<Removable[]> {
  const removed: Removable[] = [];
  for (const session of found) {
    const signal = AbortSignal.timeout(patienceMs);
    try {
      await store.remove(session.name, { signal });
      removed.push(session);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
  return removed;
}

function findSessions(store: SessionStore, before: number, isWanted: (name: string) => boolean): Removable[] {
  return store
    .names()
    .filter((name) => isWanted(name) && store.callUnderWay(name) === undefined)
    .flatMap((name): Removable[] => {
      const file = store.fileOf(name);
      const { mtimeMs } = lstatSync(file);
      return mtimeMs <= before ? [{ kind: 'session', name, bytes: measure(file), file }] : [];
    });
}

/** Also what was unpacked so that it cannot be written. */
function removeTree(file: string): void {
  makeWritable(file);
  rmSync(file, { recursive: true, force: true });
}

function makeWritable(folder: string): void {
  if (!lstatSync(folder).isDirectory()) return;
  chmodSync(folder, 0o700);
  for (const name of readdirSync(folder)) makeWritable(path.join(folder, name));
}

/** The link to an environment that is gone. */
function removeDangling(link: string): void {
  if (lstatSync(link, { throwIfNoEntry: false }) !== undefined && !existsSync(link)) rmSync(link);
}
