import path from 'node:path';
import { readFolder } from '../documents/read-folder.ts';

const leftOut = ['node_modules', '__pycache__', 'venv', 'site-packages'];

/** The files of a folder and of those in it, in order; not of packages, virtual environments and hidden folders. @param folder Absolute. */
export function* filesBelow(folder: string): Generator<string> {
  const entries = readFolder(folder);
  if (entries.some(({ name }) => name === 'pyvenv.cfg')) return;
  for (const entry of entries) {
    const file = path.join(folder, entry.name);
    if (!entry.isDirectory()) yield file;
    else if (!entry.name.startsWith('.') && !leftOut.includes(entry.name)) yield* filesBelow(file);
  }
}

/** As a message names it: relative where that is shorter to read, below the current folder. */
export function showPath(file: string, currentFolder: string): string {
  const relative = path.relative(currentFolder, file);
  return relative.startsWith('..') ? file : relative || '.';
}
