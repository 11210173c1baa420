import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

/**
 * The executable file for `name`: a path, or a name to search in the folders of `searchPath`. Undefined when there is none.
 * @param currentFolder for relative ones; default: that of this process
 */
export function findOnPath(name: string, searchPath: string | undefined, currentFolder = ''): string | undefined {
  if (name === '') return undefined;
  const folders = name.includes('/') ? [''] : (searchPath ?? '').split(path.delimiter).filter(Boolean);
  return folders.map((folder) => path.resolve(currentFolder, folder, name)).find(isExecutable);
}

/** A program of the system, which is the fastest to start, or where the system lacks it the one on the search path: containers have Python there alone. */
export function findSystemProgram(file: string, searchPath: string | undefined): string {
  return isExecutable(file) ? file : (findOnPath(path.basename(file), searchPath) ?? file);
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
