import { type Dirent, readdirSync } from 'node:fs';
import { PluginHostError } from '../base/plugin-host-error.ts';
import { describeFileFault } from './describe-file-fault.ts';

/** What is in a folder, by name. @throws PluginHostError FILE_NOT_FOUND that names the folder */
export function readFolder(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((one, other) => (one.name < other.name ? -1 : 1));
  } catch (cause) {
    throw new PluginHostError('FILE_NOT_FOUND', `${folder}: ${describeFileFault(cause)}`, {
      hint: 'Name a folder that you can read, with all folders in it.',
      cause,
    });
  }
}
