import { existsSync, mkdirSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { findDistrust, isOutOfReach } from '../state/find-distrust.ts';
import { findUserCache } from '../state/find-user-cache.ts';

/** Where a state folder names the environment that its plugins run on. Where the user has no cache, the environments themselves are there too. */
export function environmentsFolder(stateDir: string): string {
  return path.join(stateDir, 'python');
}

/** The link that names the environment of the last `python install`. */
export function currentEnvironment(stateDir: string): string {
  return path.join(environmentsFolder(stateDir), 'current');
}

/** The folder of the environments that all folders of a user share, made when new; undefined where the user has no cache that is out of others' reach. */
export function sharedEnvironments(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const cache = findUserCache(environment);
  if (cache === undefined) return undefined;
  const folder = path.join(cache, 'python');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return isOutOfReach(folder) ? folder : undefined;
}

/** The environment that a state folder chose, whether or not it is there. */
export function readChosen(stateDir: string): string | undefined {
  const link = currentEnvironment(stateDir);
  try {
    return path.resolve(path.dirname(link), readlinkSync(link));
  } catch {
    return undefined; // nothing has been installed
  }
}

/**
 * The interpreter that `python install` made last, undefined when there is none. By the environment's own path, not by the link: whoever runs it
 * keeps it when the next installation changes the link.
 */
export function findInstalledPython(stateDir: string): string | undefined {
  const environment = readChosen(stateDir);
  if (environment === undefined) return undefined;
  const own = environmentsFolder(stateDir);
  // An interpreter runs before anything else is checked.
  if ([stateDir, own, currentEnvironment(stateDir)].some((each) => findDistrust(each))) return undefined;
  const isTrusted =
    path.dirname(environment) === own ? findDistrust(environment) === undefined : isOutOfReach(environment);
  const python = path.join(environment, 'bin/python');
  return isTrusted && existsSync(python) ? python : undefined;
}
