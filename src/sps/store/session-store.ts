import { lstatSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { nearestName } from '../../base/nearest-name.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { makeStateFolder, requireTrusted } from '../../state/make-state-folder.ts';
import { UnkeptSession } from '../session/unkept-session.ts';
import { guardStore, isDiskFault } from './guard-store.ts';
import { readSession, sideFiles } from './read-session.ts';
import type { SessionContent, StoredStep } from './session-content.ts';
import { SessionFile } from './session-file.ts';
import type { Summary } from './session-reader.ts';

/** Source: product contract, `--session`. */
const namePattern = /^[A-Za-z0-9._-]{1,64}$/;
const lockPollMs = 20;

export interface SessionSummary extends Summary {
  name: string;
  /** Why it cannot be read. */
  problem: string | null;
}

export interface WaitOptions {
  signal?: AbortSignal | undefined;
  /** A call of the same session is under way. */
  onWait?: () => void;
}

/** Stored sessions of one state folder, a database file each. */
export class SessionStore {
  readonly #stateDir: string;
  readonly #folder: string;

  constructor(stateDir: string) {
    this.#stateDir = stateDir;
    this.#folder = path.join(stateDir, 'sessions');
  }

  /**
   * Opens a session, made when new, for one call, and holds it until `commit` or `close`. Waits for a call of the same
   * session that is under way, also in another process; a process that dies lets go of it. One that can be read and not written
   * is an UnkeptSession.
   * @throws PluginHostError SESSION_NAME_INVALID, STORE_UNREADABLE, FORMAT_TOO_NEW, STATE_UNWRITABLE, STATE_UNTRUSTED
   */
  async open(name: string, options: WaitOptions = {}): Promise<SessionFile | UnkeptSession> {
    const file = this.fileOf(name);
    makeStateFolder(this.#stateDir, 'sessions');
    try {
      return await this.#hold(() => SessionFile.lock(file), options);
    } catch (failure) {
      if (!(failure instanceof PluginHostError) || !isDiskFault(failure)) throw failure;
      const held = this.has(name) ? readSession(file, (session) => session.held()) : undefined;
      if (held === undefined) removeEmpty(file);
      return new UnkeptSession(failure, held);
    }
  }

  async #hold(lock: () => SessionFile | undefined, { signal, onWait }: WaitOptions): Promise<SessionFile> {
    for (let isFirst = true; ; isFirst = false) {
      const session = lock();
      if (session !== undefined) return session;
      if (isFirst) onWait?.();
      signal?.throwIfAborted();
      await sleep(lockPollMs);
    }
  }

  /** @throws PluginHostError SESSION_NOT_FOUND, SESSION_NAME_INVALID, STORE_UNREADABLE, FORMAT_TOO_NEW, STATE_UNTRUSTED */
  readSteps(name: string): StoredStep[] {
    return readSession(this.#existing(name), (session) => session.steps());
  }

  /** @throws PluginHostError SESSION_NOT_FOUND, SESSION_NAME_INVALID, STORE_UNREADABLE, FORMAT_TOO_NEW, STATE_UNTRUSTED */
  readContent(name: string): SessionContent {
    return readSession(this.#existing(name), (session) => session.content());
  }

  /** Whether it came from a file. @throws PluginHostError as `readContent` */
  isImported(name: string): boolean {
    return readSession(this.#existing(name), (session) => session.isImported());
  }

  /** @throws PluginHostError SESSION_NAME_INVALID, STATE_UNTRUSTED, STORE_UNREADABLE when the folder cannot be looked into */
  has(name: string): boolean {
    const file = this.fileOf(name);
    const stats = guardStore(file, () => lstatSync(file, { throwIfNoEntry: false }));
    return stats !== undefined && (!stats.isFile() || stats.size > 0);
  }

  /** One that cannot be read does not hide the others; its summary says why. */
  list(): SessionSummary[] {
    return this.#names().map((name) => {
      try {
        const summary = readSession(this.fileOf(name), (session) => session.summary());
        return { name, ...summary, problem: null };
      } catch (error) {
        return { name, createdAt: '', steps: 0, lastHook: null, lastAt: null, problem: (error as Error).message };
      }
    });
  }

  /**
   * Makes a session of what another one held.
   * @param replace in the place of one that is there
   * @throws PluginHostError SESSION_EXISTS, SESSION_NAME_INVALID, STORE_UNREADABLE, STATE_UNWRITABLE
   */
  async fill(
    name: string,
    content: SessionContent,
    { replace, ...options }: WaitOptions & { replace: boolean },
  ): Promise<void> {
    const refuse = (): never => {
      throw new PluginHostError('SESSION_EXISTS', `${name}: there is a session of this name in ${this.#folder}`, {
        hint: 'Give another one with --name, or --replace to put this one in its place.',
      });
    };
    if (this.has(name) && !replace) refuse();
    makeStateFolder(this.#stateDir, 'sessions');
    const session = await this.#hold(() => SessionFile.lock(this.fileOf(name)), options);
    try {
      if (session.steps().length > 0 && !replace) refuse(); // another process was faster
      session.fill(content);
    } finally {
      session.close();
    }
  }

  /**
   * Removes sessions, also what cannot be read as one; none when one of them is not there.
   * @throws PluginHostError SESSION_NOT_FOUND, SESSION_NAME_INVALID, STORE_UNREADABLE, STATE_UNTRUSTED
   */
  async removeAll(names: readonly string[], options: WaitOptions = {}): Promise<void> {
    const files = names.map((name) => {
      const file = this.fileOf(name);
      return lstatSync(file, { throwIfNoEntry: false }) === undefined ? this.#existing(name) : file;
    });
    for (const file of new Set(files)) await this.#remove(file, options);
  }

  async remove(name: string, options: WaitOptions = {}): Promise<void> {
    await this.removeAll([name], options);
  }

  async #remove(file: string, options: WaitOptions): Promise<void> {
    const session = await this.#hold(() => SessionFile.lockUnread(file), options).catch((failure: unknown) => {
      if (failure instanceof PluginHostError) return undefined; // nobody can be calling in what is no session
      throw failure;
    });
    try {
      guardStore(file, () => {
        // Removed while held: who waits for it finds that the file is another one, and opens that.
        for (const suffix of ['', ...sideFiles]) rmSync(file + suffix, { force: true, recursive: true });
      });
    } finally {
      session?.close();
    }
  }

  #names(): string[] {
    requireTrusted([this.#stateDir, this.#folder]);
    return guardStore(this.#folder, () => {
      if (statSync(this.#folder, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
      const files = readdirSync(this.#folder).filter((file) => file.endsWith('.db'));
      return files.map((file) => file.slice(0, -'.db'.length)).sort();
    });
  }

  #existing(name: string): string {
    if (this.has(name)) return this.fileOf(name);
    const nearest = nearestName(name, this.#names());
    const suggestion = nearest === undefined ? '' : `Did you mean ${nearest}? `;
    throw new PluginHostError('SESSION_NOT_FOUND', `${name}: no such session in ${this.#folder}`, {
      hint: `${suggestion}\`plugin-host session ls\` lists the stored sessions; -p names the plugin, --state the state folder.`,
    });
  }

  /** Whether or not it is there. @throws PluginHostError SESSION_NAME_INVALID, STATE_UNTRUSTED */
  fileOf(name: string): string {
    requireTrusted([this.#stateDir, this.#folder]);
    if (namePattern.test(name)) return path.join(this.#folder, `${name}.db`);
    throw new PluginHostError('SESSION_NAME_INVALID', `${JSON.stringify(name)} is no session name`, {
      hint: 'Use 1 to 64 ASCII letters, digits, dots, underscores and hyphens.',
    });
  }
}

/** Made for a call that could then not be kept in it. */
function removeEmpty(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // On a disk that is read-only, too; an empty file is no session.
  }
}
