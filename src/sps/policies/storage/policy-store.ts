import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { guardDatabase } from '../../../state/database-fault.ts';
import { readFormat, upgradeDatabase } from '../../../state/database-kind.ts';
import { makeStateFolder, requireTrusted } from '../../../state/make-state-folder.ts';
import { notifyChange } from '../../../state/notify-change.ts';
import { requirePlainFiles, sideFiles } from '../../../state/require-plain-files.ts';
import { touchFile } from '../../../state/touch-file.ts';
import type { CommitPlan } from '../commit-draft.ts';
import type { CommitFacts, ConfigurationStore } from '../configuration-store.ts';
import type { Configuration } from '../configuration.ts';
import { policyFormat } from './policy-format.ts';
import { readConfiguration, readPackage } from './read-configuration.ts';

/** How long a commit waits for another process that writes. */
const busyTimeoutMs = 5000;

/** The file of a state folder that holds its committed configuration. */
export function policyFileOf(stateDir: string): string {
  return path.join(stateDir, 'serve', 'configuration.db');
}

/**
 * The committed configuration of a state folder, kept open. Several processes may have it open: each sees what the others commit.
 * A commit is on disk before `commit` returns, whatever ends the process afterwards.
 */
export class PolicyStore implements ConfigurationStore, Disposable {
  readonly #file: string;
  readonly #stateDir: string;
  readonly #database: DatabaseSync;
  #known: { version: number; configuration: Configuration } | undefined;

  private constructor(stateDir: string, file: string) {
    this.#stateDir = stateDir;
    this.#file = file;
    this.#database = new DatabaseSync(file, { timeout: busyTimeoutMs });
  }

  /** Made when new. @throws PluginHostError STORE_UNREADABLE, FORMAT_TOO_NEW, STATE_UNWRITABLE, STATE_UNTRUSTED */
  static open(stateDir: string): PolicyStore {
    makeStateFolder(stateDir, 'serve');
    const file = policyFileOf(stateDir);
    return guardDatabase(file, policyFormat, () => {
      requireTrusted([file, ...sideFiles.map((suffix) => file + suffix)]);
      requirePlainFiles(file);
      touchFile(file);
      const store = new PolicyStore(stateDir, file);
      try {
        store.#begin();
        return store;
      } catch (error) {
        store.close();
        throw error;
      }
    });
  }

  #begin(): void {
    this.#database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; BEGIN IMMEDIATE');
    upgradeDatabase(this.#database, readFormat(this.#database, this.#file, policyFormat), policyFormat);
    this.#database.exec('COMMIT');
  }

  /** What is committed now, also by another process. @throws PluginHostError STORE_UNREADABLE */
  get configuration(): Configuration {
    return this.#refresh();
  }

  #refresh(): Configuration {
    return this.#guard(() => {
      const { data_version: version } = this.#version.get() as { data_version: number };
      if (this.#known?.version !== version) this.#known = { version, configuration: this.#read() };
      return this.#known.configuration;
    });
  }

  /** Reads what is committed, so that damage shows now. @throws PluginHostError STORE_UNREADABLE */
  load(): void {
    this.#known = undefined;
    this.#refresh();
  }

  /** At one moment, whatever others commit meanwhile. */
  #read(): Configuration {
    if (this.#database.isTransaction) return readConfiguration(this.#database);
    this.#database.exec('BEGIN');
    try {
      return readConfiguration(this.#database);
    } finally {
      this.#database.exec('COMMIT');
    }
  }

  get #version(): ReturnType<DatabaseSync['prepare']> {
    return (this.#prepared ??= this.#database.prepare('PRAGMA data_version'));
  }
  #prepared: ReturnType<DatabaseSync['prepare']> | undefined;

  /**
   * Commits in one transaction of the database; nobody else writes meanwhile.
   * @param plan Gets what is committed now. What it throws leaves everything as it was
   * @param packages By digest: new ones
   * @throws PluginHostError STORE_UNREADABLE
   */
  commit(
    plan: (latest: Configuration) => CommitPlan,
    packages: ReadonlyMap<string, Uint8Array>,
    facts: CommitFacts,
  ): Configuration {
    this.#guard(() => {
      this.#database.exec('BEGIN IMMEDIATE');
    });
    let next: Configuration;
    try {
      const planned = plan(this.configuration);
      next = planned.next;
      this.#guard(() => {
        this.#write(planned, packages, facts);
        this.#database.exec('COMMIT');
      });
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
    if (this.#known !== undefined) this.#known = { ...this.#known, configuration: next };
    notifyChange(this.#stateDir, 'configuration');
    return next;
  }

  #write({ next, writes, orders }: CommitPlan, packages: ReadonlyMap<string, Uint8Array>, facts: CommitFacts): void {
    const database = this.#database;
    const remove = database.prepare('DELETE FROM objects WHERE collection = ? AND key = ?');
    const insert = database.prepare(`
      INSERT INTO objects (collection, key, position, created_ms, changed, body, owner, package)
      VALUES (?1, ?2, (SELECT coalesce(max(position), 0) + 1 FROM objects WHERE collection = ?1), ?3, ?4, ?5, ?6, ?7)
      ON CONFLICT DO UPDATE SET changed = ?4, body = ?5, owner = ?6, package = ?7`);
    for (const { collection, key, object } of writes) {
      if (object === undefined) {
        remove.run(collection, key);
        continue;
      }
      const { createdMs, changed, body, owner = null, package: facts } = object;
      const packed = facts === undefined ? null : JSON.stringify(facts);
      insert.run(collection, key, createdMs, changed, JSON.stringify(body), owner, packed);
    }
    const move = database.prepare('UPDATE objects SET position = ? WHERE collection = ? AND key = ?');
    for (const { collection, keys } of orders) {
      for (const [place, key] of keys.entries()) move.run(place + 1, collection, key);
    }
    const addPackage = database.prepare('INSERT OR IGNORE INTO packages (digest, bytes) VALUES (?, ?)');
    for (const [digest, bytes] of packages) addPackage.run(digest, bytes);
    database.exec(`DELETE FROM packages WHERE digest NOT IN
      (SELECT json_extract(package, '$.digest') FROM objects WHERE package IS NOT NULL)`);
    const { user, time, message, changes } = facts;
    database
      .prepare('INSERT INTO commits (number, user, time, message, changes) VALUES (?, ?, ?, ?, ?)')
      .run(next.number, user, time, message, JSON.stringify(changes));
  }

  /** The stored form of a user's password; undefined for an unknown one. */
  passwordOf(user: string): string | undefined {
    return this.#guard(() => {
      const row = this.#database.prepare('SELECT password FROM accounts WHERE name = ?').get(user);
      return row?.['password'] as string | undefined;
    });
  }

  setPassword(user: string, password: string): void {
    this.#guard(() => {
      const set = 'INSERT INTO accounts (name, password) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET password = ?2';
      this.#database.prepare(set).run(user, password);
    });
  }

  /** The ZIP of a plugin. */
  packageOf(digest: string): Uint8Array | undefined {
    return this.#guard(() => readPackage(this.#database, digest));
  }

  #guard<T>(use: () => T): T {
    return guardDatabase(this.#file, policyFormat, use);
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}
