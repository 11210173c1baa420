import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { hashText } from '../../base/hash-text.ts';
import { makeStateFolder } from '../../state/make-state-folder.ts';
import type { Plugin } from '../plugin/plugin.ts';

export interface StateDirectories {
  persistent: string;
  ephemeral: string;
}

const instances = new WeakMap<object, string>();

/**
 * The folders in which a plugin keeps its files from one call to the next, one pair for each plugin of a state folder. They exist
 * when a plugin starts: plugins without the SDK, which would make them, write into them at once. Source: SDK 1.9.1, plugin_context.
 */
export function provideStateDirectories(
  stateDir: string,
  plugin: Pick<Plugin, 'name' | 'path' | 'root'>,
): StateDirectories {
  const instance = instances.get(plugin) ?? nameInstance(plugin);
  instances.set(plugin, instance);
  const folders = {
    persistent: path.join(stateDir, 'plugin-state', instance),
    ephemeral: path.join(stateDir, 'ephemeral-plugin-state', instance),
  };
  for (const folder of Object.values(folders)) {
    if (!existsSync(folder)) make(folder, stateDir);
  }
  return folders;
}

/** Most plugins never use them, so a state folder that cannot be written only matters to plugins that do. */
function make(folder: string, stateDir: string): void {
  try {
    makeStateFolder(stateDir, path.basename(path.dirname(folder)));
    mkdirSync(folder, { mode: 0o750 });
  } catch {
    // See above. Or another call was faster.
  }
}

function nameInstance({ name, path: given, root }: Pick<Plugin, 'name' | 'path' | 'root'>): string {
  const slug = name.replace(/[^A-Za-z0-9._-]/g, '_').replace(/^\.+/, '');
  return `${slug}-${hashText(findOrigin(given, root))}`;
}

/** For a ZIP, the ZIP itself: the folder where it is unpacked changes with its content. */
function findOrigin(given: string, root: string): string {
  try {
    return realpathSync(given);
  } catch {
    return root; // the current folder has changed since
  }
}
