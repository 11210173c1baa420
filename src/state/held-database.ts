import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { guardDatabase, isBusy } from './database-fault.ts';
import { type DatabaseKind, readFormat, upgradeDatabase } from './database-kind.ts';
import { requireTrusted } from './make-state-folder.ts';
import { requirePlainFiles, sideFiles } from './require-plain-files.ts';
import { touchFile } from './touch-file.ts';

/** How long a reader waits for a writer. */
export const busyTimeoutMs = 5000;

export interface HoldOptions {
  /** What is committed is on the disk; default true. Else a crash of the machine may lose it, and a commit takes a tenth of the time. */
  isLasting?: boolean;
}

/**
 * A database file, held for one write transaction: nobody else writes to it meanwhile, and after a crash at any moment it is as before.
 * At rest it is one file, without SQLite's side files.
 */
export class HeldDatabase {
  readonly database: DatabaseSync;
  readonly #file: string;
  readonly #kind: DatabaseKind;
  readonly #inode: number;

  private constructor(file: string, kind: DatabaseKind) {
    this.#file = file;
    this.#kind = kind;
    this.#inode = touchFile(file);
    this.database = new DatabaseSync(file, { timeout: busyTimeoutMs });
  }

  /**
   * Made when new, and brought to the newest format. Undefined while somebody else holds it.
   * @param onNew Fills a new one.
   * @throws PluginHostError STORE_UNREADABLE, STATE_UNTRUSTED, FORMAT_TOO_NEW
   */
  static hold(
    file: string,
    kind: DatabaseKind,
    onNew: (database: DatabaseSync) => void,
    { isLasting = true }: HoldOptions = {},
  ): HeldDatabase | undefined {
    return HeldDatabase.#open(file, kind, (held) => held.#begin(onNew, isLasting));
  }

  /** For removing it only, whatever is in it. Undefined while somebody else holds it. @throws PluginHostError STORE_UNREADABLE */
  static holdUnread(file: string, kind: DatabaseKind): HeldDatabase | undefined {
    return HeldDatabase.#open(file, kind, (held) => held.#lock());
  }

  static #open(file: string, kind: DatabaseKind, begin: (held: HeldDatabase) => boolean): HeldDatabase | undefined {
    return guardDatabase(file, kind, () => {
      requireTrusted([file, ...sideFiles.map((suffix) => file + suffix)]);
      requirePlainFiles(file);
      const held = new HeldDatabase(file, kind);
      try {
        if (begin(held) && held.#isThere) return held;
        held.close();
        return undefined;
      } catch (error) {
        held.close();
        throw error;
      }
    });
  }

  #begin(onNew: (database: DatabaseSync) => void, isLasting: boolean): boolean {
    const [journal, wait] = isLasting ? ['WAL', 'FULL'] : ['MEMORY', 'OFF'];
    this.database.exec(`PRAGMA journal_mode = ${journal}; PRAGMA synchronous = ${wait}`);
    if (!this.#lock()) return false;
    const format = readFormat(this.database, this.#file, this.#kind);
    if (format === this.#kind.upgrades.length) return true;
    upgradeDatabase(this.database, format, this.#kind);
    if (format === 0) onNew(this.database);
    this.database.exec('COMMIT'); // even if the first change fails, the file has the right kind
    return this.#lock();
  }

  #lock(): boolean {
    try {
      this.database.exec('PRAGMA busy_timeout = 0; BEGIN IMMEDIATE');
      return true;
    } catch (error) {
      if (isBusy(error)) return false;
      throw error;
    }
  }

  get #isThere(): boolean {
    return statSync(this.#file, { throwIfNoEntry: false })?.ino === this.#inode;
  }

  /** @throws PluginHostError STORE_UNREADABLE */
  read<T>(use: (database: DatabaseSync) => T): T {
    return guardDatabase(this.#file, this.#kind, () => use(this.database));
  }

  /** Commits a change and releases the database. @throws PluginHostError STORE_UNREADABLE */
  commit(change: (database: DatabaseSync) => void): void {
    this.read((database) => {
      change(database);
      // Without a write-ahead log, readers delay it.
      database.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}; COMMIT`);
      // SQLite would go on writing into a file that was removed from its folder.
      if (!this.#isThere) throw Object.assign(new Error('it was removed meanwhile'), { code: 'ENOENT' });
    });
    this.close();
  }

  /** Releases it; what was not committed did not happen. */
  close(): void {
    if (this.database.isOpen) this.database.close();
  }
}
