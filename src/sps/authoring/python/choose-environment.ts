import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readlinkSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { currentEnvironment, environmentsFolder } from '../../../project/find-installed-python.ts';
import { makeStateFolder } from '../../../state/make-state-folder.ts';
import type { SdkEnvironment } from './sdk-environment.ts';

/**
 * From now on, plugins of this state folder run on the environment. Its lock is held.
 * @throws PluginHostError STATE_UNWRITABLE, STATE_UNTRUSTED
 */
export function chooseEnvironment(stateDir: string, environment: SdkEnvironment): void {
  addUser(environment, stateDir);
  const isOwn = path.dirname(environment.folder) === environmentsFolder(stateDir);
  putLink(currentEnvironment(stateDir), isOwn ? path.basename(environment.folder) : environment.folder);
}

/** Notes that a state folder, made when new, needs the environment. Its lock is held. @throws PluginHostError STATE_UNWRITABLE, STATE_UNTRUSTED */
export function addUser(environment: SdkEnvironment, stateDir: string): void {
  makeStateFolder(stateDir, path.basename(environmentsFolder(stateDir)));
  mkdirSync(usersFolder(environment), { recursive: true, mode: 0o700 });
  putLink(userLink(environment, stateDir), stateDir);
}

export function removeUser(environment: SdkEnvironment, stateDir: string): void {
  rmSync(userLink(environment, stateDir), { force: true });
}

/** The state folders that need an environment, without those that are gone. */
export function usersOf(environment: SdkEnvironment): string[] {
  const folder = usersFolder(environment);
  const links = existsSync(folder) ? readdirSync(folder) : [];
  return links.map((name) => readlinkSync(path.join(folder, name))).filter((each) => existsSync(each));
}

/** Beside the environment, which may be made again. */
export function usersFolder({ folder }: SdkEnvironment): string {
  return `${folder}.users`;
}

function userLink(environment: SdkEnvironment, stateDir: string): string {
  return path.join(usersFolder(environment), createHash('sha256').update(stateDir).digest('hex').slice(0, 16));
}

/** In place of what is there, at once. */
function putLink(link: string, target: string): void {
  const unfinished = `${link}.${process.pid}.new`;
  rmSync(unfinished, { force: true });
  symlinkSync(target, unfinished);
  renameSync(unfinished, link);
}
