import { lstatSync, rmSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { guardDatabase, isDiskFault } from '../../state/database-fault.ts';
import { HeldDatabase } from '../../state/held-database.ts';
import { makeStateFolder } from '../../state/make-state-folder.ts';
import { isOwnerAlive, type OwnerLock, takeOwnerLock } from '../../state/owner-lock.ts';
import { readDatabase } from '../../state/read-database.ts';
import { sideFiles } from '../../state/require-plain-files.ts';
import { stampAtRest } from '../../state/stamp-at-rest.ts';
import { waitToHold } from '../../state/wait-to-hold.ts';
import { indexFileOf } from './index-file-of.ts';
import { UnkeptSession } from './memory-session.ts';
import { readSummary, unreadSummary } from './read-summary.ts';
import { sessionExists } from './require-session-name.ts';
import type { SessionContent, StoredStep } from './session-content.ts';
import type { SessionFacts } from './session-facts.ts';
import { SessionFile, type SessionSigns } from './session-file.ts';
import { SessionFolder } from './session-folder.ts';
import { sessionFormat } from './session-format.ts';
import { SessionReader } from './session-reader.ts';
import { DatabaseRows } from './session-rows.ts';
import type { OpenOptions, RunningCall, SessionSummary, StoredSessions, WaitOptions } from './stored-sessions.ts';
import { createSigns, findCallUnderWay, listBegunCalls, watchSessions } from './watch-sessions.ts';

const pollMs = 20;

/** Stored sessions of one state folder, a database file each. */
export class SessionStore implements StoredSessions {
  readonly stateDir: string;
  readonly #folder: SessionFolder;

  constructor(stateDir: string) {
    this.stateDir = stateDir;
    this.#folder = new SessionFolder(stateDir);
  }

  get place(): string {
    return this.stateDir;
  }

  async open(name: string, options: OpenOptions = {}): Promise<SessionFile | UnkeptSession> {
    const file = this.fileOf(name);
    makeStateFolder(this.stateDir, 'sessions');
    try {
      return await waitToHold(name, () => this.#lock(name, options.first), { ...options, pollMs });
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

  readSteps(name: string): StoredStep[] {
    return this.look(name, (session) => session.steps());
  }

  readContent(name: string): SessionContent {
    return this.look(name, (session) => session.content());
  }

  readFacts(name: string): SessionFacts {
    return this.look(name, (session) => session.facts());
  }

  judge<T>(name: string, use: () => T): T {
    return guardDatabase(this.fileOf(name), sessionFormat, use);
  }

  stampOf(name: string): string | undefined {
    return stampAtRest(this.fileOf(name));
  }

  watch(onChange: (name: string | undefined) => void): { close: () => void } {
    return watchSessions(this.stateDir, onChange);
  }

  begunCalls(): string[] {
    return listBegunCalls(this.stateDir);
  }

  takeOwner(): OwnerLock {
    return takeOwnerLock(this.stateDir);
  }

  isRunning({ owner, ended }: SessionFacts): boolean {
    return ended === null && owner !== null && isOwnerAlive(this.stateDir, owner);
  }

  orphans(): string[] {
    return this.names().filter((name) => {
      try {
        return this.#isOrphan(this.readFacts(name));
      } catch {
        return false; // nobody can end what cannot be read
      }
    });
  }

  #isOrphan(facts: SessionFacts): boolean {
    return facts.ended === null && facts.owner !== null && !this.isRunning(facts);
  }

  async claim(name: string, owner: string): Promise<boolean> {
    if (!this.has(name)) return false;
    const session = await waitToHold(name, () => this.#lock(name), { pollMs });
    try {
      if (!this.#isOrphan(session.facts())) return false;
      session.tell({ owner });
      return true;
    } finally {
      session.close();
    }
  }

  callUnderWay(name: string): RunningCall | undefined {
    return findCallUnderWay(this.stateDir, name, (whileFree) => {
      const free = this.has(name) ? HeldDatabase.holdUnread(this.fileOf(name), sessionFormat) : undefined;
      if (free !== undefined) whileFree();
      free?.close();
      return free === undefined && this.has(name);
    });
  }

  /**
   * Writes into a session, made when new, without waiting for the disk: of what was written last, a crash of the machine may leave nothing.
   * @throws PluginHostError as `open`; STORE_UNREADABLE also when somebody else holds it
   */
  record(name: string, first: Partial<SessionFacts>, signs: SessionSigns, write: (session: SessionFile) => void): void {
    const session = SessionFile.lock(this.fileOf(name), signs, first, { isLasting: false });
    if (session === undefined)
      throw new PluginHostError('STORE_UNREADABLE', `${name}: it is held`, { hint: 'Try again.' });
    write(session);
  }

  has(name: string): boolean {
    return this.#folder.has(name);
  }

  /** Whether or not it exists. @throws PluginHostError SESSION_NAME_INVALID, STATE_UNTRUSTED */
  fileOf(name: string): string {
    return this.#folder.fileOf(name);
  }

  names(): string[] {
    return this.#folder.names();
  }

  list(): SessionSummary[] {
    return this.#folder.names().map((name) => {
      try {
        return this.#read(this.fileOf(name), (session) => readSummary(session, name));
      } catch (error) {
        return unreadSummary(name, (error as Error).message);
      }
    });
  }

  async fill(
    name: string,
    content: SessionContent & Partial<SessionFacts>,
    { replace, ...options }: WaitOptions & { replace: boolean },
  ): Promise<void> {
    const refuse = (): never => {
      throw sessionExists(name, this.#folder.path);
    };
    if (this.has(name) && !replace) refuse();
    makeStateFolder(this.stateDir, 'sessions');
    const session = await waitToHold(name, () => this.#lock(name), { ...options, pollMs });
    try {
      if (session.steps().length > 0 && !replace) refuse(); // another process was faster
      session.fill(content, content);
    } finally {
      session.close();
    }
  }

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
    const hold = (): HeldDatabase | undefined => HeldDatabase.holdUnread(file, sessionFormat);
    const session = await waitToHold(name, hold, { ...options, pollMs }).catch((failure: unknown) => {
      if (failure instanceof PluginHostError) return undefined; // nobody can make a call in what is not a session
      throw failure;
    });
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
    const read = (database: DatabaseSync, format: number): T =>
      use(new SessionReader(new DatabaseRows(database), format));
    return readDatabase(file, sessionFormat, read);
  }

  look<T>(name: string, use: (reader: SessionReader) => T): T {
    return this.#read(this.#folder.require(name), use);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve(); // nothing is open between calls
  }
}

/** Made for a call that could then not be stored in it, also on a read-only disk. */
function removeEmpty(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {} // an empty file is not a session
}
