import { type FSWatcher, statSync, watch } from 'node:fs';
import { makeStateFolder } from './make-state-folder.ts';
import { changesFolder, topicOf } from './notify-change.ts';

/** How often the folder is checked in addition: the system may drop notices, or give none at all (network file systems). */
const checkMs = 1000;
/** Without a watcher of the system, which has a limited number. */
const pollMs = 100;

/** Gets the topic of `notifyChange`, once for several changes at once; undefined: anything may have changed. */
type OnChange = (topic: string | undefined) => void;

/**
 * Reports what other processes, and this one, change in a state folder. No database is opened for that: the system watches one folder. The
 * program stays alive until `close`.
 * @throws PluginHostError STATE_UNWRITABLE, STATE_UNTRUSTED
 */
export function watchChanges(stateDir: string, onChange: OnChange): { close: () => void } {
  return new ChangeWatch(stateDir, onChange);
}

class ChangeWatch {
  readonly #stateDir: string;
  readonly #onChange: OnChange;
  readonly #changed = new Set<string | undefined>();
  #told: NodeJS.Immediate | undefined;
  #watcher: FSWatcher | undefined;
  #timer: NodeJS.Timeout | undefined;
  #seen: Look | undefined;
  /** The system has reported something since the last check. */
  #isTold = false;

  constructor(stateDir: string, onChange: OnChange) {
    this.#stateDir = stateDir;
    this.#onChange = onChange;
    this.#watch(makeStateFolder(stateDir, changesFolder));
    this.#lookLater();
  }

  close(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#told);
    this.#watcher?.close();
  }

  #watch(folder: string): void {
    this.#watcher?.close();
    this.#watcher = undefined;
    try {
      const watcher = watch(folder, (_event, entry) => {
        this.#isTold = true;
        this.#tell(entry === null ? undefined : topicOf(entry));
      });
      watcher.on('error', () => {
        watcher.close();
        if (this.#watcher === watcher) this.#watcher = undefined;
      });
      this.#watcher = watcher;
    } catch {
      // The folder is checked more often.
    }
    this.#seen = look(folder);
  }

  #tell(topic: string | undefined): void {
    this.#changed.add(topic);
    this.#told ??= setImmediate(() => {
      this.#told = undefined;
      const topics = this.#changed.has(undefined) ? [undefined] : [...this.#changed];
      this.#changed.clear();
      for (const each of topics) this.#onChange(each);
    });
  }

  #lookLater(): void {
    this.#timer = setTimeout(
      () => {
        this.#look();
        this.#lookLater();
      },
      this.#watcher === undefined ? pollMs : checkMs,
    );
  }

  #look(): void {
    try {
      const folder = makeStateFolder(this.#stateDir, changesFolder);
      const now = look(folder);
      const isOther = now?.inode !== this.#seen?.inode; // for example, it was made again
      if (isOther || (now?.changedAt !== this.#seen?.changedAt && !this.#isTold)) this.#tell(undefined);
      this.#isTold = false;
      this.#seen = now;
      if (isOther || this.#watcher === undefined) this.#watch(folder);
    } catch {
      // Nothing can be written into it either, so nothing changes.
    }
  }
}

interface Look {
  inode: bigint;
  changedAt: bigint;
}

function look(folder: string): Look | undefined {
  const stats = statSync(folder, { bigint: true, throwIfNoEntry: false });
  return stats && { inode: stats.ino, changedAt: stats.mtimeNs };
}
