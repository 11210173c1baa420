import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { readFolder } from '../../documents/read-folder.ts';

const passedOver = new Set(['node_modules', '.git', '.plugin-host', 'venv', '.venv', '__pycache__']);

/**
 * The folders with an `input.kvg`, in order, below those that are named.
 * @param onSkipped Is told each folder that looks like a test and is not one.
 * @throws PluginHostError FILE_NOT_FOUND, USAGE when there is none
 */
export function findTestFolders(folders: readonly string[], currentFolder: string, onSkipped: Skip): string[] {
  const found = folders.flatMap((folder) => {
    const start = path.resolve(currentFolder, folder);
    if (existsSync(start) && statSync(start).isDirectory()) return search(start, onSkipped);
    throw new PluginHostError('FILE_NOT_FOUND', `${folder}: there is no such folder`, {
      hint: 'Name folders with an input.kvg, or folders above them.',
    });
  });
  if (found.length > 0) return [...new Set(found)];
  throw new PluginHostError('USAGE', `no test in ${folders.join(', ')}`, {
    hint: 'A test is a folder with input.kvg, expected.kvg and, for more, expect.yaml.',
  });
}

type Skip = (folder: string, why: string) => void;

function search(folder: string, skip: Skip): string[] {
  const entries = readFolder(folder);
  const below = entries.filter((entry) => entry.isDirectory() && !passedOver.has(entry.name));
  const has = (name: string): boolean => entries.some((entry) => entry.name === name);
  const expected = ['expected.kvg', 'expect.yaml'].find(has);
  if (expected !== undefined && !has('input.kvg')) skip(folder, `it has ${expected}, but no input.kvg`);
  const own = has('input.kvg') ? [folder] : [];
  return [...own, ...below.flatMap(({ name }) => search(path.join(folder, name), skip))];
}
