import { statSync } from 'node:fs';
import path from 'node:path';
import { tell } from '../diagnostics/tell.ts';
import { findUpwards } from './find-upwards.ts';

/** Where things are, absolute. */
export interface ProjectPlace {
  /** Of plugin-host.yaml as it was named or found, undefined when there is none. */
  file: string | undefined;
  /** Paths in the file are relative to it; the current folder if there is no file. */
  folder: string;
}

const name = 'plugin-host.yaml';

/** plugin-host.yaml: the one that was named, else the nearest from the plugin's folder upwards, else from the current one upwards. */
export function findProjectFile(
  pluginPath: string,
  { hostConfig, currentFolder }: { hostConfig?: string | undefined; currentFolder: string },
): ProjectPlace {
  if (hostConfig !== undefined) {
    return { file: hostConfig, folder: path.dirname(path.resolve(currentFolder, hostConfig)) };
  }
  const plugin = path.resolve(currentFolder, pluginPath);
  const isFolder = statSync(plugin, { throwIfNoEntry: false })?.isDirectory() === true;
  const starts = [isFolder ? plugin : path.dirname(plugin), currentFolder];
  const found = starts.map((start) => findUpwards(start, name)).find((each) => each !== undefined);
  tell(() => ({ what: 'project', file: found && path.join(found, name), searched: starts }));
  return found === undefined
    ? { file: undefined, folder: currentFolder }
    : { file: path.join(found, name), folder: found };
}
