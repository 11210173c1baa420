import path from 'node:path';
import { quoteWord } from '../../base/quote-word.ts';
import type { DatabaseKind } from '../../state/database-kind.ts';
import type { SessionFacts } from './session-facts.ts';

export interface Row {
  created_at: string;
  session_cookie: string;
  answers: string;
  secret_answers: string;
  /** Absent in format 1. */
  masked?: number;
  /** Of a session of format 2 that came from a file, which now is its origin. */
  imported?: number;
  // Absent in formats 1 and 2, null when unknown.
  origin?: string | null;
  ended?: string | null;
  ended_at?: string | null;
  protocol?: string | null;
  gateway_user?: string | null;
  /** JSON of a list of texts. */
  gateway_groups?: string | null;
  /** JSON of a mapping. */
  gateway?: string | null;
  owner?: string | null;
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

const columns: Record<keyof SessionFacts, keyof Row> = {
  origin: 'origin',
  ended: 'ended',
  gatewayUser: 'gateway_user',
  gatewayGroups: 'gateway_groups',
  protocol: 'protocol',
  endedAt: 'ended_at',
  gateway: 'gateway',
  owner: 'owner',
};

/** What a row holds of facts; those that are undefined are left out. */
export function columnsOf(facts: Partial<SessionFacts>): [keyof Row, string | null][] {
  return (Object.keys(columns) as (keyof SessionFacts)[]).flatMap((name) => {
    const value = facts[name];
    if (value === undefined) return [];
    return [[columns[name], value === null || typeof value === 'string' ? value : JSON.stringify(value)]];
  });
}

const first = `
  CREATE TABLE session (created_at TEXT NOT NULL, session_cookie TEXT NOT NULL, answers TEXT NOT NULL, secret_answers TEXT NOT NULL);
  CREATE TABLE cookies (plugin TEXT PRIMARY KEY, cookie TEXT NOT NULL);
  CREATE TABLE steps (n INTEGER PRIMARY KEY, started_at TEXT NOT NULL, record TEXT NOT NULL, log_lines TEXT NOT NULL, secrets TEXT NOT NULL);
`;

/** The input of each step as JSON, null in steps of format 1; and whether the session came from an export without secrets. */
const second = `
  ALTER TABLE steps ADD COLUMN input TEXT;
  ALTER TABLE session ADD COLUMN masked INTEGER NOT NULL DEFAULT 0;
`;

/** What is known about the session as a whole, see `SessionFacts`. */
const third = ['origin', 'ended', 'ended_at', 'protocol', 'gateway_user', 'gateway_groups', 'gateway', 'owner']
  .map((column) => `ALTER TABLE session ADD COLUMN ${column} TEXT;`)
  .join('\n');

/** Stored sessions; files of older formats are brought to the newest by the first call, and read as they are. */
export const sessionFormat: DatabaseKind = {
  upgrades: [
    (database) => {
      database.exec(first);
    },
    (database) => {
      database.exec(second);
    },
    (database) => {
      database.exec(third);
      // Only sessions that came from a file have this column.
      const columns = database.prepare('PRAGMA table_info(session)').all() as { name: string }[];
      if (columns.some(({ name }) => name === 'imported'))
        database.exec("UPDATE session SET origin = 'import' WHERE imported = 1");
    },
  ],
  damageHint: (file) => {
    const stateDir = path.dirname(path.dirname(file));
    return `\`plugin-host session rm ${path.basename(file, '.db')} --state ${quoteWord(stateDir)}\` removes it.`;
  },
  newerHint: 'Use that plugin-host, or a session of another name.',
};
