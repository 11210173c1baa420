import { closeSync, constants, fstatSync, openSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { JsonObject } from '../../base/json.ts';
import { requireTrusted } from '../../state/make-state-folder.ts';
import { type Cookies, emptyCookies } from '../call/cookies.ts';
import { guardStore } from './guard-store.ts';
import { busyTimeoutMs, requirePlainFiles, sideFiles } from './read-session.ts';
import type { SessionContent, StoredStep } from './session-content.ts';
import { type Held, SessionReader } from './session-reader.ts';
import { markImported, schemaVersion, upgradeSchema } from './upgrade-schema.ts';

/** What a call changes in its session. */
export interface SessionChange {
  plugin: string;
  cookies: Cookies;
  answers: JsonObject;
  secretAnswers: readonly string[];
  step: Omit<StoredStep, 'n'>;
}

const busy = 5;
const { O_APPEND, O_CREAT, O_NOFOLLOW, O_RDWR } = constants;

/**
 * One stored session, held for a call. A call is one write transaction: it holds the session against every other call, and a crash at any
 * moment leaves what was before it.
 */
export class SessionFile {
  readonly #database: DatabaseSync;
  readonly #file: string;
  readonly #inode: number;
  #held: Held | undefined;

  private constructor(file: string, inode: number) {
    this.#file = file;
    this.#inode = inode;
    this.#database = new DatabaseSync(file, { timeout: busyTimeoutMs });
  }

  /** Undefined while another call holds the session. @throws PluginHostError STORE_UNREADABLE, STATE_UNTRUSTED, FORMAT_TOO_NEW */
  static lock(file: string): SessionFile | undefined {
    return SessionFile.#open(file, (session) => session.#begin());
  }

  /** Only to be removed, whatever is in it. Undefined while another call holds it. @throws PluginHostError STORE_UNREADABLE */
  static lockUnread(file: string): SessionFile | undefined {
    return SessionFile.#open(file, (session) => session.#lock());
  }

  static #open(file: string, begin: (session: SessionFile) => boolean): SessionFile | undefined {
    return guardStore(file, () => {
      requireTrusted([file, ...sideFiles.map((suffix) => file + suffix)]);
      requirePlainFiles(file);
      const session = new SessionFile(file, touch(file));
      try {
        if (begin(session) && session.#isThere) return session;
        session.close();
        return undefined;
      } catch (error) {
        session.close();
        throw error;
      }
    });
  }

  #begin(): boolean {
    this.#database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    if (!this.#lock()) return false;
    const { version } = new SessionReader(this.#database, this.#file);
    if (version === schemaVersion) return true;
    upgradeSchema(this.#database, version);
    this.#database.exec('COMMIT'); // whatever becomes of the first call, the file is a session
    return this.#lock();
  }

  #lock(): boolean {
    try {
      this.#database.exec('PRAGMA busy_timeout = 0; BEGIN IMMEDIATE');
      return true;
    } catch (error) {
      if ((error as { errcode?: number }).errcode === busy) return false;
      throw error;
    }
  }

  get #isThere(): boolean {
    return statSync(this.#file, { throwIfNoEntry: false })?.ino === this.#inode;
  }

  held(): Held {
    return (this.#held ??= guardStore(this.#file, () => new SessionReader(this.#database, this.#file).held()));
  }

  cookiesOf(plugin: string): Cookies {
    const { cookies, sessionCookie } = this.held();
    return { cookie: cookies[plugin] ?? emptyCookies.cookie, session_cookie: sessionCookie };
  }

  answers(): JsonObject {
    return this.held().answers;
  }

  secretAnswers(): string[] {
    return this.held().secretAnswers;
  }

  knownSecrets(): string[] {
    return this.held().knownSecrets;
  }

  steps(): StoredStep[] {
    return guardStore(this.#file, () => new SessionReader(this.#database, this.#file).steps());
  }

  /** Puts all of a session that came from a file in the place of what is there, and lets go of it. @throws PluginHostError STORE_UNREADABLE */
  fill({ createdAt, masked, sessionCookie, cookies, answers, secretAnswers, steps }: SessionContent): void {
    this.#write(() => {
      this.#database.exec('DELETE FROM steps; DELETE FROM cookies');
      markImported(this.#database);
      this.#database
        .prepare('UPDATE session SET created_at = ?, session_cookie = ?, answers = ?, secret_answers = ?, masked = ?')
        .run(createdAt, sessionCookie, JSON.stringify(answers), JSON.stringify(secretAnswers), Number(masked));
      for (const [plugin, cookie] of Object.entries(cookies)) this.#keepCookie(plugin, cookie);
      for (const step of steps) this.#addStep(step);
    });
  }

  /** Keeps a finished call and lets go of the session. @throws PluginHostError STORE_UNREADABLE */
  commit({ plugin, cookies, answers, secretAnswers, step }: SessionChange): void {
    this.#write(() => {
      this.#database
        .prepare('UPDATE session SET session_cookie = ?, answers = ?, secret_answers = ?')
        .run(cookies.session_cookie, JSON.stringify(answers), JSON.stringify(secretAnswers));
      this.#keepCookie(plugin, cookies.cookie);
      this.#addStep(step);
    });
  }

  #write(change: () => void): void {
    guardStore(this.#file, () => {
      change();
      this.#database.exec('COMMIT');
      // SQLite goes on writing into a file that is in no folder any more.
      if (!this.#isThere) throw Object.assign(new Error('it has been removed meanwhile'), { code: 'ENOENT' });
    });
    this.close();
  }

  #keepCookie(plugin: string, cookie: string): void {
    this.#database.prepare('INSERT OR REPLACE INTO cookies VALUES (?, ?)').run(plugin, cookie);
  }

  #addStep({ startedAt, record, logLines, secrets, input }: SessionChange['step']): void {
    this.#database
      .prepare('INSERT INTO steps (started_at, record, log_lines, secrets, input) VALUES (?, ?, ?, ?, ?)')
      .run(startedAt, ...[record, logLines, secrets, input].map((each) => JSON.stringify(each)));
  }

  /** Lets go of the session; what was not committed is as if it had not been. */
  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }
}

/** Made when new, for its owner alone: SQLite gives its side files the same mode. Returns the number by which the file is known again. */
function touch(file: string): number {
  const descriptor = openSync(file, O_APPEND | O_CREAT | O_NOFOLLOW | O_RDWR, 0o600);
  try {
    return fstatSync(descriptor).ino;
  } finally {
    closeSync(descriptor);
  }
}
