import { existsSync, statSync } from 'node:fs';
import path from 'node:path';

/** Where things are, absolute. */
export interface ProjectPlace {
  /** Of plugin-host.yaml as it was named or found, undefined when there is none. */
  file: string | undefined;
  /** Paths in the file are relative to it; the current folder if there is no file. */
  folder: string;
}

/** plugin-host.yaml: the one that was named, else that of the plugin's folder, else that of the current one. */
export function findProjectFile(
  pluginPath: string,
  { hostConfig, currentFolder }: { hostConfig?: string | undefined; currentFolder: string },
): ProjectPlace {
  const pluginFolder = path.resolve(currentFolder, pluginPath);
  const isFolder = existsSync(pluginFolder) && statSync(pluginFolder).isDirectory();
  const file = hostConfig ?? [...(isFolder ? [pluginFolder] : []), currentFolder].map(inFolder).find(existsSync);
  return { file, folder: file === undefined ? currentFolder : path.dirname(path.resolve(currentFolder, file)) };
}

function inFolder(folder: string): string {
  return path.join(folder, 'plugin-host.yaml');
}
