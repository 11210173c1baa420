import path from 'node:path';
import { findUpwards } from '../../project/find-upwards.ts';

/** The plugin that is meant when none is named: the current folder, or the nearest one above with a MANIFEST. Relative to the current folder. */
export function findPluginHere(currentFolder: string): string {
  const found = findUpwards(currentFolder, 'MANIFEST');
  return found === undefined ? '.' : path.relative(currentFolder, found) || '.';
}
