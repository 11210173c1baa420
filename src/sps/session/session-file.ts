import { closeSync, existsSync, openSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { PluginHostError } from '../../errors.ts';
import { type JsonObject, parseExactJson } from '../../json.ts';
import type { LogLine } from '../../process/log-collector.ts';
import type { CallRecord } from './call-record.ts';
import type { Secrets } from './call-hook.ts';
import type { Cookies } from './cookies.ts';

export interface StoredStep {
  /** From 1. */
  n: number;
  /** ISO 8601, UTC. */
  startedAt: string;
  /** Inputs and cookies in clear, the log masked. */
  record: CallRecord;
  logLines: LogLine[];
  /** What must be masked when the step is shown. */
  secrets: Secrets;
}

/** What a call changes in its session. */
export interface SessionChange {
  plugin: string;
  cookies: Cookies;
  answers: JsonObject;
  secretAnswers: readonly string[];
  step: Omit<StoredStep, 'n'>;
}

const schema = `
  CREATE TABLE session (created_at TEXT NOT NULL, session_cookie TEXT NOT NULL, answers TEXT NOT NULL, secret_answers TEXT NOT NULL);
  CREATE TABLE cookies (plugin TEXT PRIMARY KEY, cookie TEXT NOT NULL);
  CREATE TABLE steps (n INTEGER PRIMARY KEY, started_at TEXT NOT NULL, record TEXT NOT NULL, log_lines TEXT NOT NULL, secrets TEXT NOT NULL);
  PRAGMA user_version = 1;
`;
const schemaVersion = 1;
const busy = 5;
const busyTimeoutMs = 5000;

interface Row {
  created_at: string;
  session_cookie: string;
  answers: string;
  secret_answers: string;
}

interface StepRow {
  n: number;
  started_at: string;
  record: string;
  log_lines: string;
  secrets: string;
}

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
    this.#database.exec(schema);
    this.#database.prepare("INSERT INTO session VALUES (?, '{}', '{}', '[]')").run(new Date().toISOString());
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
    return parseExactJson(this.#session().answers) as JsonObject;
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
      record: parseExactJson(row.record) as unknown as CallRecord,
      logLines: JSON.parse(row.log_lines) as LogLine[],
      secrets: JSON.parse(row.secrets) as Secrets,
    }));
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
    const { startedAt, record, logLines, secrets } = step;
    guard(this.#file, () => {
      this.#database
        .prepare('UPDATE session SET session_cookie = ?, answers = ?, secret_answers = ?')
        .run(cookies.session_cookie, JSON.stringify(answers), JSON.stringify(secretAnswers));
      this.#database.prepare('INSERT OR REPLACE INTO cookies VALUES (?, ?)').run(plugin, cookies.cookie);
      this.#database
        .prepare('INSERT INTO steps (started_at, record, log_lines, secrets) VALUES (?, ?, ?, ?)')
        .run(startedAt, JSON.stringify(record), JSON.stringify(logLines), JSON.stringify(secrets));
      this.#database.exec('COMMIT');
    });
    this.close();
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
