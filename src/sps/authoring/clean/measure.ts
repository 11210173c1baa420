import { lstatSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** What a file or folder takes on the disk, in bytes; links are not followed. */
export function measure(file: string): number {
  const stats = lstatSync(file, { throwIfNoEntry: false });
  if (stats === undefined) return 0;
  if (!stats.isDirectory()) return stats.size;
  return readdirSync(file).reduce((sum, name) => sum + measure(path.join(file, name)), 0);
}
