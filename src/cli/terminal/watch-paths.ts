import { type FSWatcher, statSync, watch } from 'node:fs';
import path from 'node:path';

/** Files of the host, of interpreters and of git: they do not count as a change. */
const ignoredNames = new Set(['.plugin-host', '__pycache__', '.git']);

/** Files and folders, also those that do not exist yet, that disappear for a moment, or that editors replace. */
export interface PathWatcher {
  /** Checks again what exists, and watches other paths from now on, without a gap. */
  update: (paths: readonly string[]) => void;
  close: () => void;
}

/** @param onChange gets the path of the file, more than once for one change */
export function watchPaths(paths: readonly string[], onChange: (file: string) => void): PathWatcher {
  let watchers = paths.flatMap((each) => openWatchers(path.resolve(each), onChange));
  const replace = (next: readonly string[]): void => {
    const former = watchers;
    watchers = next.flatMap((each) => openWatchers(path.resolve(each), onChange));
    for (const watcher of former) watcher.close();
  };
  return {
    update: replace,
    close: () => {
      replace([]);
    },
  };
}

/** A folder with all below it; of anything else, and for the folder's own coming and going, its name in the folder above. */
function openWatchers(target: string, onChange: (file: string) => void): FSWatcher[] {
  const isFolder = statSync(target, { throwIfNoEntry: false })?.isDirectory() === true;
  const above = nearestFolder(path.dirname(target));
  const [name] = path.relative(above, target).split(path.sep);
  const forName = open(above, false, (event, file) => {
    if (file === name && (!isFolder || event === 'rename')) onChange(target);
  });
  if (!isFolder) return [forName];
  const forContent = open(target, true, (_event, file) => {
    if (file?.split(path.sep).some((part) => ignoredNames.has(part)) !== true) onChange(path.join(target, file ?? ''));
  });
  return [forName, forContent];
}

function open(folder: string, recursive: boolean, listen: (event: string, file: string | null) => void): FSWatcher {
  const watcher = watch(folder, { recursive }, listen);
  // A file that disappears during the check is a change.
  watcher.on('error', () => {
    listen('rename', null);
  });
  return watcher;
}

function nearestFolder(folder: string): string {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true || path.dirname(folder) === folder
    ? folder
    : nearestFolder(path.dirname(folder));
}
