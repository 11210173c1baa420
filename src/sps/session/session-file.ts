import { closeSync, existsSync, openSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { PluginHostError } from '../../errors.ts';
import { type JsonObject, parseExactJson, storedDepth } from '../../json.ts';
import type { LogLine } from '../../process/log-collector.ts';
import type { Secrets } from './call-hook.ts';
import type { CallRecord } from './call-record.ts';
import type { Cookies } from './cookies.ts';
import type { SessionContent, StoredStep } from './session-content.ts';
import { type Row, schemaVersion, type StepRow, upgradeSchema } from './session-schema.ts';
import type { StepInput } from './step-input.ts';

/** What a call changes in its session. */
export interface SessionChange {
  plugin: string;
  cookies: Cookies;
  answers: JsonObject;
  secretAnswers: readonly string[];
  step: Omit<StoredStep, 'n'>;
}

const busy = 5;
const busyTimeoutMs = 5000;

/**
 * One stored session. A call is one write transaction: it holds the session against every other call, and a crash at any
 * moment leaves what was before it.
 */
export class SessionFile {
  readonly #database: DatabaseSync;
  readonly #file: string;

  private constructor(file: string, readOnly: boolean) {
    this.#file = file;
    this.#database = new DatabaseSync(file, { readOnly, timeout: busyTimeoutMs });
  }

  /** Undefined while another call holds the session. @throws PluginHostError STORE_UNREADABLE */
  static lock(file: string): SessionFile | undefined {
    return guard(file, () => {
      if (existsSync(file) && !statSync(file).isFile()) throw new Error('is no file');
      closeSync(openSync(file, 'a', 0o600)); // SQLite gives its side files the same mode
      const { ino } = statSync(file);
      const session = new SessionFile(file, false);
      try {
        if (session.#begin() && isSameFile(file, ino)) return session;
        session.close();
        return undefined;
      } catch (error) {
        session.close();
        throw error;
      }
    });
  }

  /** @throws PluginHostError STORE_UNREADABLE */
  static read<T>(file: string, use: (session: SessionFile) => T): T {
    return guard(file, () => {
      const session = new SessionFile(file, true);
      try {
        return use(session);
      } finally {
        session.close();
      }
    });
  }

  #begin(): boolean {
    this.#database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 0');
    if (!this.#lock()) return false;
    const version = this.#version();
    if (version > schemaVersion) {
      throw new PluginHostError(
        'STORE_UNREADABLE',
        `${this.#file}: written by a newer plugin-host (format ${version})`,
        {
          hint: 'Use that version, or remove the session.',
        },
      );
    }
    if (version === schemaVersion) return true;
    upgradeSchema(this.#database, version);
    this.#database.exec('COMMIT'); // whatever becomes of the first call, the file is a session
    return this.#lock();
  }

  #lock(): boolean {
    try {
      this.#database.exec('BEGIN IMMEDIATE');
      return true;
    } catch (error) {
      if ((error as { errcode?: number }).errcode === busy) return false;
      throw error;
    }
  }

  #version(): number {
    const { user_version: version } = this.#database.prepare('PRAGMA user_version').get() as { user_version: number };
    return version;
  }

  #session(): Row {
    return this.#database.prepare('SELECT * FROM session').get() as unknown as Row;
  }

  cookiesOf(plugin: string): Cookies {
    const row = this.#database.prepare('SELECT cookie FROM cookies WHERE plugin = ?').get(plugin) as
      { cookie: string } | undefined;
    return { cookie: row?.cookie ?? '{}', session_cookie: this.#session().session_cookie };
  }

  answers(): JsonObject {
    return parseExactJson(this.#session().answers, storedDepth) as JsonObject;
  }

  /** Keys of answers that were typed with echo off. */
  secretAnswers(): string[] {
    return JSON.parse(this.#session().secret_answers) as string[];
  }

  steps(): StoredStep[] {
    if (this.#version() === 0) return []; // made this moment by a call that has not begun
    const rows = this.#database.prepare('SELECT * FROM steps ORDER BY n').all() as unknown as StepRow[];
    return rows.map((row) => ({
      n: row.n,
      startedAt: row.started_at,
      record: parseExactJson(row.record, storedDepth) as unknown as CallRecord,
      logLines: JSON.parse(row.log_lines) as LogLine[],
      secrets: JSON.parse(row.secrets) as Secrets,
      input: row.input == null ? null : (parseExactJson(row.input, storedDepth) as unknown as StepInput),
    }));
  }

  /** Whether it came from an export without secrets. */
  isMasked(): boolean {
    return this.#version() > 1 && this.#session().masked === 1;
  }

  content(): SessionContent {
    if (this.#version() === 0) throw new Error('no call has been made in it yet');
    const { created_at: createdAt, session_cookie: sessionCookie } = this.#session();
    const rows = this.#database.prepare('SELECT plugin, cookie FROM cookies ORDER BY plugin').all();
    return {
      createdAt,
      masked: this.isMasked(),
      sessionCookie,
      cookies: Object.fromEntries(
        (rows as { plugin: string; cookie: string }[]).map((row) => [row.plugin, row.cookie]),
      ),
      answers: this.answers(),
      secretAnswers: this.secretAnswers(),
      steps: this.steps(),
    };
  }

  /** Puts all of a session in the place of what is there, and lets go of it. */
  fill({ createdAt, masked, sessionCookie, cookies, answers, secretAnswers, steps }: SessionContent): void {
    guard(this.#file, () => {
      this.#database.exec('DELETE FROM steps; DELETE FROM cookies');
      this.#database
        .prepare('UPDATE session SET created_at = ?, session_cookie = ?, answers = ?, secret_answers = ?, masked = ?')
        .run(createdAt, sessionCookie, JSON.stringify(answers), JSON.stringify(secretAnswers), Number(masked));
      for (const [plugin, cookie] of Object.entries(cookies)) this.#keepCookie(plugin, cookie);
      for (const step of steps) this.#addStep(step);
      this.#database.exec('COMMIT');
    });
    this.close();
  }

  /** Read by every call, so without the steps' records and logs. */
  knownSecrets(): string[] {
    const rows = this.#database.prepare('SELECT secrets FROM steps').all() as unknown as Pick<StepRow, 'secrets'>[];
    return [...new Set(rows.flatMap(({ secrets }) => (JSON.parse(secrets) as Secrets).values))];
  }

  summary(): { createdAt: string; steps: number; lastHook: string | null; lastAt: string | null } {
    if (this.#version() === 0) return { createdAt: '', steps: 0, lastHook: null, lastAt: null };
    const query = 'SELECT started_at, record, (SELECT count(*) FROM steps) AS steps FROM steps ORDER BY n DESC LIMIT 1';
    const last = this.#database.prepare(query).get() as
      (Pick<StepRow, 'started_at' | 'record'> & { steps: number }) | undefined;
    return {
      createdAt: this.#session().created_at,
      steps: last?.steps ?? 0,
      lastHook: last === undefined ? null : (JSON.parse(last.record) as CallRecord).hook,
      lastAt: last?.started_at ?? null,
    };
  }

  /** Keeps a finished call and lets go of the session. */
  commit({ plugin, cookies, answers, secretAnswers, step }: SessionChange): void {
    guard(this.#file, () => {
      this.#database
        .prepare('UPDATE session SET session_cookie = ?, answers = ?, secret_answers = ?')
        .run(cookies.session_cookie, JSON.stringify(answers), JSON.stringify(secretAnswers));
      this.#keepCookie(plugin, cookies.cookie);
      this.#addStep(step);
      this.#database.exec('COMMIT');
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

function isSameFile(file: string, inode: number): boolean {
  return statSync(file, { throwIfNoEntry: false })?.ino === inode;
}

function guard<T>(file: string, use: () => T): T {
  try {
    return use();
  } catch (cause) {
    if (cause instanceof PluginHostError) throw cause;
    throw new PluginHostError(
      'STORE_UNREADABLE',
      `${file}: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        hint: 'Is it a session of plugin-host, readable and writable by you, on a disk that is not full? `session rm` removes it.',
        cause,
      },
    );
  }
}
