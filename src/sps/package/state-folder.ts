import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PluginHostError } from '../../errors.ts';

/**
 * Makes a folder inside the state folder, both only for their owner: sessions keep secrets in clear.
 * @throws PluginHostError STATE_UNWRITABLE
 */
export function makeStateFolder(stateDir: string, name: string): string {
  const folder = path.join(stateDir, name);
  try {
    if (makeFolder(stateDir)) writeFileSync(path.join(stateDir, '.gitignore'), '*\n'); // nobody means to commit it
    makeFolder(folder);
    return folder;
  } catch (cause) {
    throw new PluginHostError(
      'STATE_UNWRITABLE',
      `${folder}: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        hint: 'Name a writable folder with --state or PLUGIN_HOST_STATE.',
        cause,
      },
    );
  }
}

/** True when it was not there. One by one: Node's own recursion never ends where the system refuses, as below /proc. */
function makeFolder(folder: string): boolean {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return false;
  if (path.dirname(folder) !== folder) makeFolder(path.dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
    return true;
  } catch (error) {
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return false; // another call was faster
    throw error;
  }
}
