import { existsSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { findDistrust } from '../state/find-distrust.ts';

/** Where `python install` keeps environments; each is a virtual environment with one release of the SDK. */
export function environmentsFolder(stateDir: string): string {
  return path.join(stateDir, 'python');
}

/** The link that names the environment of the last `python install`. */
export function currentEnvironment(stateDir: string): string {
  return path.join(environmentsFolder(stateDir), 'current');
}

/**
 * The interpreter that `python install` made last, undefined when there is none. By the environment's own path, not by the link: whoever runs it
 * keeps it when the next installation changes the link.
 */
export function findInstalledPython(stateDir: string): string | undefined {
  const link = currentEnvironment(stateDir);
  try {
    const environment = path.resolve(path.dirname(link), readlinkSync(link));
    // An interpreter runs before anything else is checked.
    if ([stateDir, path.dirname(link), link, environment].some((each) => findDistrust(each))) return undefined;
    const python = path.join(environment, 'bin/python');
    return existsSync(python) ? python : undefined;
  } catch {
    return undefined; // nothing has been installed
  }
}
