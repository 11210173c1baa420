import { existsSync } from 'node:fs';
import path from 'node:path';
import { PluginHostError } from '../base/plugin-host-error.ts';
import { findInstalledPython } from './find-installed-python.ts';
import { requireName } from './require-name.ts';

interface PythonChoice {
  /** By the caller: a path from the current folder, or a name on PATH. */
  given: string | undefined;
  currentFolder: string;
  /** In the project file: a path from its folder, or a name on PATH. */
  own?: string | number | undefined;
  projectFolder: string;
  stateDir: string;
}

/**
 * The interpreter for Python plugins: the given one, that of the project file, the one that `python install` made, `python3`.
 * @throws PluginHostError FILE_NOT_FOUND, USAGE
 */
export function choosePython({ given, own, currentFolder, projectFolder, stateDir }: PythonChoice): string {
  if (given === undefined) return fromFolder(own, projectFolder) ?? findInstalledPython(stateDir) ?? 'python3';
  requireName('python', given);
  if (!given.includes('/')) return given;
  const file = path.resolve(currentFolder, given);
  if (existsSync(file)) return file;
  throw new PluginHostError('FILE_NOT_FOUND', `${given}: no such Python interpreter`, {
    hint: 'Give --python the path of one.',
  });
}

/** A path of the project file, or a name to be found on PATH. */
export function fromFolder(own: string | number | undefined, projectFolder: string): string | undefined {
  const name = own === undefined ? undefined : String(own);
  return name?.includes('/') ? path.resolve(projectFolder, name) : name;
}
