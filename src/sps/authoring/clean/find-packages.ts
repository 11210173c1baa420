import { type Dirent, lstatSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { environmentsFolder } from '../../../project/find-installed-python.ts';
import { measure } from './measure.ts';
import type { Removable } from './removable.ts';

/** In the folder of environments, what is no environment. */
const ownFiles = /^current$|^cache$|\.db$|\.users$/;

/** Unpacked packages, and what a killed process has left beside them. @param before Only what was not changed since, in milliseconds of the epoch */
export function findPackages(stateDir: string, before: number): Removable[] {
  const folder = path.join(stateDir, 'packages');
  return listFolder(folder).flatMap(({ name }) =>
    ofFile(/^[0-9a-f]{64}$/.test(name) ? 'package' : 'leftover', path.join(folder, name), name, before),
  );
}

/** Environments with the SDK that are this state folder's own: earlier versions made no others. */
export function findEnvironments(stateDir: string, before: number): Removable[] {
  const folder = environmentsFolder(stateDir);
  return listFolder(folder)
    .filter((entry) => entry.isDirectory() && !ownFiles.test(entry.name))
    .flatMap(({ name }) => ofFile('environment', path.join(folder, name), name, before));
}

/** What is made again when it is needed: what plugins keep until the appliance starts again, what pip has fetched, files that were not finished. */
export function findLeftovers(stateDir: string, before: number): Removable[] {
  const ephemeral = path.join(stateDir, 'ephemeral-plugin-state');
  const cache = path.join(environmentsFolder(stateDir), 'cache');
  const files = [
    ...listFolder(ephemeral).map(({ name }) => path.join(ephemeral, name)),
    ...[cache, path.join(stateDir, 'sessions/index.json')].filter((file) => lstatSync(file, { throwIfNoEntry: false })),
    ...listFolder(environmentsFolder(stateDir))
      .filter(({ name }) => name.endsWith('.new'))
      .map(({ name }) => path.join(environmentsFolder(stateDir), name)),
  ];
  return files.flatMap((file) => ofFile('leftover', file, path.relative(stateDir, file), before));
}

function ofFile(kind: Removable['kind'], file: string, name: string, before: number): Removable[] {
  return lstatSync(file).mtimeMs <= before ? [{ kind, name, bytes: measure(file), file }] : [];
}

function listFolder(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return []; // it was never needed
  }
}
