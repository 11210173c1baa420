import type { DatabaseSync } from 'node:sqlite';

export interface Row {
  created_at: string;
  session_cookie: string;
  answers: string;
  secret_answers: string;
  /** Absent in format 1. */
  masked?: number;
  /** Absent in a session that was made here. */
  imported?: number;
}

export interface StepRow {
  n: number;
  started_at: string;
  record: string;
  log_lines: string;
  secrets: string;
  /** Absent in format 1. */
  input?: string | null;
}

/** Format of a stored session; files of older formats are brought to it by the first call, and read as they are. */
export const schemaVersion = 2;

const first = `
  CREATE TABLE session (created_at TEXT NOT NULL, session_cookie TEXT NOT NULL, answers TEXT NOT NULL, secret_answers TEXT NOT NULL);
  CREATE TABLE cookies (plugin TEXT PRIMARY KEY, cookie TEXT NOT NULL);
  CREATE TABLE steps (n INTEGER PRIMARY KEY, started_at TEXT NOT NULL, record TEXT NOT NULL, log_lines TEXT NOT NULL, secrets TEXT NOT NULL);
  PRAGMA user_version = 1;
`;

/** The input of each step as JSON, null in steps of format 1; and whether the session came from an export without secrets. */
const second = `
  ALTER TABLE steps ADD COLUMN input TEXT;
  ALTER TABLE session ADD COLUMN masked INTEGER NOT NULL DEFAULT 0;
  PRAGMA user_version = 2;
`;

/** Inside a transaction. */
export function upgradeSchema(database: DatabaseSync, version: number): void {
  for (const statements of [first, second].slice(version)) database.exec(statements);
  if (version > 0) return;
  database
    .prepare("INSERT INTO session (created_at, session_cookie, answers, secret_answers) VALUES (?, '{}', '{}', '[]')")
    .run(new Date().toISOString());
}

/**
 * Says in a session that it came from a file. A column that older hosts do not look at, so the format is the same. Inside a transaction.
 */
export function markImported(database: DatabaseSync): void {
  const columns = database.prepare('PRAGMA table_info(session)').all() as { name: string }[];
  if (!columns.some(({ name }) => name === 'imported'))
    database.exec('ALTER TABLE session ADD COLUMN imported INTEGER');
  database.exec('UPDATE session SET imported = 1');
}
