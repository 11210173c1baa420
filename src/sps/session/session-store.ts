import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PluginHostError } from '../../errors.ts';
import { nearestName } from '../../nearest-name.ts';
import { makeStateFolder } from '../package/state-folder.ts';
import type { SessionContent, StoredStep } from './session-content.ts';
import { SessionFile } from './session-file.ts';

/** Source: product contract, `--session`. */
const namePattern = /^[A-Za-z0-9._-]{1,64}$/;
const lockPollMs = 20;

export interface SessionSummary {
  name: string;
  createdAt: string;
  steps: number;
  lastHook: string | null;
  lastAt: string | null;
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
   * session that is under way, also in another process; a process that dies lets go of it.
   * @throws PluginHostError SESSION_NAME_INVALID, STORE_UNREADABLE, STATE_UNWRITABLE
   */
  async open(name: string, options: WaitOptions = {}): Promise<SessionFile> {
    const file = this.#fileOf(name);
    makeStateFolder(this.#stateDir, 'sessions');
    for (let isFirst = true; ; isFirst = false) {
      const session = SessionFile.lock(file);
      if (session !== undefined) return session;
      if (isFirst) options.onWait?.();
      options.signal?.throwIfAborted();
      await sleep(lockPollMs);
    }
  }

  /** @throws PluginHostError SESSION_NOT_FOUND, SESSION_NAME_INVALID, STORE_UNREADABLE */
  readSteps(name: string): StoredStep[] {
    return SessionFile.read(this.#existing(name), (session) => session.steps());
  }

  /** @throws PluginHostError SESSION_NOT_FOUND, SESSION_NAME_INVALID, STORE_UNREADABLE */
  readContent(name: string): SessionContent {
    return SessionFile.read(this.#existing(name), (session) => session.content());
  }

  has(name: string): boolean {
    const file = this.#fileOf(name);
    return existsSync(file) && statSync(file).size > 0;
  }

  /** One that cannot be read does not hide the others; its summary says why. */
  list(): SessionSummary[] {
    return this.#names().map((name) => {
      try {
        return SessionFile.read(this.#fileOf(name), (session) => ({
          name,
          ...session.summary(),
          problem: null,
        }));
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
    const session = await this.open(name, options);
    try {
      if (session.steps().length > 0 && !replace) refuse(); // another process was faster
      session.fill(content);
    } finally {
      session.close();
    }
  }

  /** @throws PluginHostError SESSION_NOT_FOUND, SESSION_NAME_INVALID */
  async remove(name: string, options: WaitOptions = {}): Promise<void> {
    const file = this.#existing(name);
    const session = await this.open(name, options);
    // Removed while held: who waits for it finds that the file is another one, and opens that.
    for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
    session.close();
  }

  #names(): string[] {
    if (statSync(this.#folder, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
    const files = readdirSync(this.#folder).filter((file) => file.endsWith('.db'));
    return files.map((file) => file.slice(0, -'.db'.length)).sort();
  }

  #existing(name: string): string {
    if (this.has(name)) return this.#fileOf(name);
    const nearest = nearestName(name, this.#names());
    const suggestion = nearest === undefined ? '' : `Did you mean ${nearest}? `;
    throw new PluginHostError('SESSION_NOT_FOUND', `${name}: no such session in ${this.#folder}`, {
      hint: `${suggestion}\`plugin-host session ls\` lists the stored sessions; -p names the plugin, --state the state folder.`,
    });
  }

  #fileOf(name: string): string {
    if (namePattern.test(name)) return path.join(this.#folder, `${name}.db`);
    throw new PluginHostError('SESSION_NAME_INVALID', `${JSON.stringify(name)} is no session name`, {
      hint: 'Use 1 to 64 ASCII letters, digits, dots, underscores and hyphens.',
    });
  }
}
