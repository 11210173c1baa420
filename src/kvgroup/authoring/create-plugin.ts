import { copyFileSync, constants } from 'node:fs';
import path from 'node:path';
import { copyTemplate, packageFolder } from '../../templates/copy-template.ts';

/** Reads and writes KVGroups; it lies beside every plugin in Python. */
const library = 'kvgroup.py';

/**
 * Puts a plugin in Python with its tests into a folder that does not exist or is empty.
 * @param name Of its file, without `.py`
 * @returns Its files, relative to the folder
 * @throws PluginHostError FOLDER_NOT_EMPTY
 */
export function createPlugin(folder: string, name: string): string[] {
  const files = copyTemplate(folder, 'kvgroup-python', { New_Plugin: name });
  const source = path.join(packageFolder(), 'sample-plugins/kvgroup', library);
  copyFileSync(source, path.join(folder, library), constants.COPYFILE_EXCL);
  return [...files, library].sort();
}
