import { type FSWatcher, statSync, watch } from 'node:fs';
import path from 'node:path';

/**
 * Folders with modules that a process has imported, and whether they have changed since. An installer always changes the
 * uppermost ones, which are checked on request; edits below them are noticed automatically, soon after.
 */
export class InstalledFolders {
  readonly #looked: readonly string[];
  readonly #marks: string;
  readonly #watchers: FSWatcher[] = [];
  #hasChanged = false;

  constructor(folders: readonly string[]) {
    const isBelow = (folder: string): boolean =>
      !folder.endsWith('-packages') && folders.some((other) => folder.startsWith(`${other}${path.sep}`));
    this.#looked = this.#watch(folders) ? folders.filter((folder) => !isBelow(folder)) : folders;
    this.#marks = readMarks(this.#looked);
  }

  get hasChanged(): boolean {
    this.#hasChanged ||= readMarks(this.#looked) !== this.#marks;
    return this.#hasChanged;
  }

  close(): void {
    for (const watcher of this.#watchers.splice(0)) watcher.close();
  }

  /** False when there are more folders than the system can watch. */
  #watch(folders: readonly string[]): boolean {
    try {
      for (const folder of folders) {
        const watcher = watch(folder, { persistent: false }, (_, name) => {
          if (name !== '__pycache__') this.#hasChanged = true;
        });
        watcher.on('error', () => {
          this.#hasChanged = true; // for example, it no longer exists
        });
        this.#watchers.push(watcher);
      }
      return true;
    } catch {
      this.close();
      return false;
    }
  }
}

/** Change when something is installed, upgraded or removed. */
function readMarks(folders: readonly string[]): string {
  return folders.map((folder) => statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0).join(' ');
}
