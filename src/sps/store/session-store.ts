import { lstatSync, rmSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { guardDatabase, isDiskFault } from '../../state/database-fault.ts';
import { HeldDatabase } from '../../state/held-database.ts';
import { makeStateFolder } from '../../state/make-state-folder.ts';
import { isOwnerAlive } from '../../state/owner-lock.ts';
import { readDatabase } from '../../state/read-database.ts';
import { sideFiles } from '../../state/require-plain-files.ts';
import { indexFileOf } from './index-file-of.ts';
import { readSummary, type SessionSummary, unreadSummary } from './read-summary.ts';
import type { SessionContent, StoredStep } from './session-content.ts';
import type { SessionFacts } from './session-facts.ts';
import { SessionFile } from './session-file.ts';
import { SessionFolder } from './session-folder.ts';
import { sessionFormat } from './session-format.ts';
import { SessionReader } from './session-reader.ts';
import { UnkeptSession } from './unkept-session.ts';
import { createSigns, readBegunCall, type RunningCall } from './watch-sessions.ts';

const lockPollMs = 20;

export interface WaitOptions {
  signal?: AbortSignal | undefined;
  /** A call of the session is running. */
  onWait?: (name: string) => void;
}

export interface OpenOptions extends WaitOptions {
  /** What is known about the session when it is new. */
  first?: Partial<SessionFacts>;
}

/** Stored sessions of one state folder, a database file each. */
export class SessionStore {
  readonly stateDir: string;
  readonly #folder: SessionFolder;

  constructor(stateDir: string) {
    this.stateDir = stateDir;
    this.#folder = new SessionFolder(stateDir);
  }

  /**
   * Opens a session, made when new, for one call, and holds it until `commit` or `close`. Waits for a running call of the same
   * session, also in another process; a process that dies releases it. A session that can be read but not written
   * is an UnkeptSession.
   * @throws PluginHostError SESSION_NAME_INVALID, STORE_UNREADABLE, FORMAT_TOO_NEW, STATE_UNWRITABLE, STATE_UNTRUSTED
   */
  async open(name: string, options: OpenOptions = {}): Promise<SessionFile | UnkeptSession> {
    const file = this.fileOf(name);
    makeStateFolder(this.stateDir, 'sessions');
    try {
      return await this.#hold(name, () => this.#lock(name, options.first), options);
    } catch (failure) {
      if (!(failure instanceof PluginHostError) || !isDiskFault(failure)) throw failure;
      const held = this.has(name) ? this.#read(file, (session) => session.held()) : undefined;
      if (held === undefined) removeEmpty(file);
      return new UnkeptSession(failure, held);
    }
  }

  #lock(name: string, first: Partial<SessionFacts> = {}): SessionFile | undefined {
    return SessionFile.lock(this.fileOf(name), createSigns(this.stateDir, name), first);
  }

  async #hold<T>(name: string, lock: () => T | undefined, { signal, onWait }: WaitOptions): Promise<T> {
    for (let isFirst = true; ; isFirst = false) {
      const session = lock();
      if (session !== undefined) return session;
      if (isFirst) onWait?.(name);
      signal?.throwIfAborted();
      await sleep(lockPollMs);
    }
  }

  /** @throws PluginHostError SESSION_NOT_FOUND, SESSION_NAME_INVALID, STORE_UNREADABLE, FORMAT_TOO_NEW, STATE_UNTRUSTED */
  readSteps(name: string): StoredStep[] {
    return this.look(name, (session) => session.steps());
  }

  /** @throws PluginHostError SESSION_NOT_FOUND, SESSION_NAME_INVALID, STORE_UNREADABLE, FORMAT_TOO_NEW, STATE_UNTRUSTED */
  readContent(name: string): SessionContent {
    return this.look(name, (session) => session.content());
  }

  /** @throws PluginHostError as `readContent` */
  readFacts(name: string): SessionFacts {
    return this.look(name, (session) => session.facts());
  }

  /** Whether it came from a file, perhaps from another machine. @throws PluginHostError as `readContent` */
  isImported(name: string): boolean {
    return this.readFacts(name).origin === 'import';
  }

  /** Whether the process that runs the session lives; of one that has not ended, false means that it was killed. */
  isRunning({ owner, ended }: SessionFacts): boolean {
    return ended === null && owner !== null && isOwnerAlive(this.stateDir, owner);
  }

  /** The running call of a session, also in another process. */
  callUnderWay(name: string): RunningCall | undefined {
    const call = readBegunCall(this.stateDir, name);
    if (call === undefined || this.#isUnderWay(name, call)) return call;
    return undefined;
  }

  #isUnderWay(name: string, { owner }: RunningCall): boolean {
    if (owner !== undefined) {
      const isAlive = isOwnerAlive(this.stateDir, owner);
      if (!isAlive) createSigns(this.stateDir, name).over(); // left by a host that was killed
      return isAlive;
    }
    if (!this.has(name)) return false;
    const free = HeldDatabase.holdUnread(this.fileOf(name), sessionFormat);
    if (free === undefined) return true;
    createSigns(this.stateDir, name).over(); // left by a host that was killed
    free.close();
    return false;
  }

  /**
   * Writes into a session, made when new, without waiting for the disk: of what was written last, a crash of the machine may leave nothing.
   * @throws PluginHostError as `open`; STORE_UNREADABLE also when somebody else holds it
   */
  record(name: string, first: Partial<SessionFacts>, write: (session: SessionFile) => void): void {
    const session = SessionFile.lock(this.fileOf(name), createSigns(this.stateDir, name), first, { isLasting: false });
    if (session === undefined)
      throw new PluginHostError('STORE_UNREADABLE', `${name}: it is held`, { hint: 'Try again.' });
    write(session);
  }

  /** @throws PluginHostError SESSION_NAME_INVALID, STATE_UNTRUSTED, STORE_UNREADABLE when the folder cannot be looked into */
  has(name: string): boolean {
    return this.#folder.has(name);
  }

  /** Whether or not it exists. @throws PluginHostError SESSION_NAME_INVALID, STATE_UNTRUSTED */
  fileOf(name: string): string {
    return this.#folder.fileOf(name);
  }

  /** Of everything that could be a session. @throws PluginHostError STATE_UNTRUSTED, STORE_UNREADABLE */
  names(): string[] {
    return this.#folder.names();
  }

  /** An unreadable session does not hide the others; its summary says why. */
  list(): SessionSummary[] {
    return this.#folder.names().map((name) => {
      try {
        return this.#read(this.fileOf(name), (session) => readSummary(session, name));
      } catch (error) {
        return unreadSummary(name, (error as Error).message);
      }
    });
  }

  /**
   * Makes a session from the content of another one.
   * @param replace replaces an existing session
   * @throws PluginHostError SESSION_EXISTS, SESSION_NAME_INVALID, STORE_UNREADABLE, STATE_UNWRITABLE
   */
  async fill(
    name: string,
    content: SessionContent & Partial<SessionFacts>,
    { replace, ...options }: WaitOptions & { replace: boolean },
  ): Promise<void> {
    const refuse = (): never => {
      throw new PluginHostError('SESSION_EXISTS', `${name}: a session with this name exists in ${this.#folder.path}`, {
        hint: 'Give another one with --name, or --replace to replace it.',
      });
    };
    if (this.has(name) && !replace) refuse();
    makeStateFolder(this.stateDir, 'sessions');
    const session = await this.#hold(name, () => this.#lock(name), options);
    try {
      if (session.steps().length > 0 && !replace) refuse(); // another process was faster
      session.fill(content, content);
    } finally {
      session.close();
    }
  }

  /**
   * Removes sessions, also unreadable ones; removes none when one of them does not exist.
   * @throws PluginHostError SESSION_NOT_FOUND, SESSION_NAME_INVALID, STORE_UNREADABLE, STATE_UNTRUSTED
   */
  async removeAll(names: readonly string[], options: WaitOptions = {}): Promise<void> {
    for (const name of names) {
      if (lstatSync(this.fileOf(name), { throwIfNoEntry: false }) === undefined) this.#folder.require(name);
    }
    for (const name of new Set(names)) await this.#remove(name, options);
  }

  async remove(name: string, options: WaitOptions = {}): Promise<void> {
    await this.removeAll([name], options);
  }

  async #remove(name: string, options: WaitOptions): Promise<void> {
    const file = this.fileOf(name);
    const session = await this.#hold(name, () => HeldDatabase.holdUnread(file, sessionFormat), options).catch(
      (failure: unknown) => {
        if (failure instanceof PluginHostError) return undefined; // nobody can make a call in what is not a session
        throw failure;
      },
    );
    try {
      guardDatabase(file, sessionFormat, () => {
        // Removed while it is held: a waiting call finds that the file is another one, and opens that.
        for (const suffix of ['', ...sideFiles]) rmSync(file + suffix, { force: true, recursive: true });
        rmSync(indexFileOf(this.stateDir), { force: true });
      });
      createSigns(this.stateDir, name).changed();
    } finally {
      session?.close();
    }
  }

  #read<T>(file: string, use: (reader: SessionReader) => T): T {
    const read = (database: DatabaseSync, format: number): T => use(new SessionReader(database, format));
    return readDatabase(file, sessionFormat, read);
  }

  /** Reads several things of a session at one moment. @throws PluginHostError as `readContent` */
  look<T>(name: string, use: (reader: SessionReader) => T): T {
    return this.#read(this.#folder.require(name), use);
  }
}

/** Made for a call that could then not be stored in it, also on a read-only disk. */
function removeEmpty(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {} // an empty file is not a session
}
