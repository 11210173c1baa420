import type { DatabaseSync } from 'node:sqlite';
import { isJsonObject, type Json, type JsonObject, parseExactJson, storedDepth } from '../../base/json.ts';
import type { LogLine } from '../../process/output/log-collector.ts';
import type { Secrets } from '../call/call-hook.ts';
import type { CallRecord } from '../call/call-record.ts';
import type { StepInput } from '../call/step-input.ts';
import { findMisfit, mappingShape, secretsShape, textsShape } from './find-misfit.ts';
import { DamagedSession, formatTooNew } from './guard-store.ts';
import type { SessionContent, StoredStep } from './session-content.ts';
import { type Row, schemaVersion, type StepRow } from './upgrade-schema.ts';

/** What a call takes over from the calls before it. */
export interface Held {
  /** JSON texts by type and name of the plugin. */
  cookies: Record<string, string>;
  /** JSON text. */
  sessionCookie: string;
  answers: JsonObject;
  /** Keys of answers that were typed with echo off. */
  secretAnswers: string[];
  knownSecrets: string[];
}

export interface Summary {
  createdAt: string;
  steps: number;
  lastHook: string | null;
  lastAt: string | null;
}

/**
 * Reads the database of a session. What was not written so by plugin-host is a DamagedSession; of a later format nothing is read.
 * @throws PluginHostError FORMAT_TOO_NEW
 */
export class SessionReader {
  readonly #database: DatabaseSync;
  readonly version: number;

  constructor(database: DatabaseSync, file: string) {
    this.#database = database;
    const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
    if (version > schemaVersion) throw formatTooNew(file, version);
    const { count } = database.prepare('SELECT count(*) AS count FROM sqlite_schema').get() as { count: number };
    if (version < 0 || version > 0 !== count > 0)
      throw new DamagedSession(`its format ${version} is none of plugin-host`);
    this.version = version;
  }

  /** Made this moment by a call that has not begun. */
  get #isNew(): boolean {
    return this.version === 0;
  }

  held(): Held {
    const cookies = this.#database.prepare('SELECT plugin, cookie FROM cookies ORDER BY plugin').all();
    const { session_cookie: sessionCookie, answers, secret_answers: secretAnswers } = this.#session();
    // Read by every call, so without the steps' records and logs.
    const rows = this.#database.prepare('SELECT secrets FROM steps').all() as unknown as Pick<StepRow, 'secrets'>[];
    return {
      cookies: Object.fromEntries(
        (cookies as { plugin: string; cookie: string }[]).map(({ plugin, cookie }) => [
          plugin,
          readCookie(cookie, `the cookie of ${plugin}`),
        ]),
      ),
      sessionCookie: readCookie(sessionCookie, 'the session cookie'),
      answers: read(answers, mappingShape, 'the answers') as JsonObject,
      secretAnswers: read(secretAnswers, textsShape, 'the list of secret answers') as string[],
      knownSecrets: [...new Set(rows.flatMap(({ secrets }) => readSecrets(secrets).values))],
    };
  }

  steps(): StoredStep[] {
    if (this.#isNew) return [];
    const rows = this.#database.prepare('SELECT * FROM steps ORDER BY n').all() as unknown as StepRow[];
    return rows.map((row) => ({
      n: row.n,
      startedAt: row.started_at,
      record: readRecord(row),
      logLines: read(row.log_lines, [() => true], `the log of step ${row.n}`) as unknown as LogLine[],
      secrets: readSecrets(row.secrets),
      input: row.input == null ? null : readInput(row.input, row.n),
    }));
  }

  content(): SessionContent {
    if (this.#isNew) throw new DamagedSession('no call has been made in it yet');
    const { created_at: createdAt, masked } = this.#session();
    const { cookies, sessionCookie, answers, secretAnswers } = this.held();
    return {
      createdAt,
      masked: masked === 1,
      sessionCookie,
      cookies,
      answers,
      secretAnswers,
      steps: this.steps(),
    };
  }

  /** It came from a file, which may have been made elsewhere. */
  isImported(): boolean {
    return !this.#isNew && this.#session().imported === 1;
  }

  summary(): Summary {
    if (this.#isNew) return { createdAt: '', steps: 0, lastHook: null, lastAt: null };
    const query =
      'SELECT n, started_at, record, (SELECT count(*) FROM steps) AS steps FROM steps ORDER BY n DESC LIMIT 1';
    const last = this.#database.prepare(query).get() as
      (Pick<StepRow, 'n' | 'started_at' | 'record'> & { steps: number }) | undefined;
    return {
      createdAt: this.#session().created_at,
      steps: last?.steps ?? 0,
      lastHook: last === undefined ? null : readRecord(last).hook,
      lastAt: last?.started_at ?? null,
    };
  }

  #session(): Row {
    const row = this.#database.prepare('SELECT * FROM session').get() as unknown as Row | undefined;
    if (row === undefined) throw new DamagedSession('its only row is missing');
    return row;
  }
}

function readRecord({ n, record }: Pick<StepRow, 'n' | 'record'>): CallRecord {
  return read(
    record,
    { hook: (value) => typeof value === 'string' },
    `the record of step ${n}`,
  ) as unknown as CallRecord;
}

function readInput(text: string, n: number): StepInput | null {
  const isInput = (value: unknown): boolean => value === null || isJsonObject(value);
  return read(text, isInput, `the input of step ${n}`) as unknown as StepInput | null;
}

function readSecrets(text: string): Secrets {
  return read(text, secretsShape, 'the secrets of a step') as unknown as Secrets;
}

/** As it was written: reading and writing it would sort its keys. */
function readCookie(text: string, what: string): string {
  read(text, mappingShape, what);
  return text;
}

/** The message repeats nothing of the text, which may hold a secret. */
function read(text: unknown, shape: Parameters<typeof findMisfit>[1], what: string): Json {
  let value: Json;
  try {
    value = parseExactJson(String(text), storedDepth);
  } catch {
    throw new DamagedSession(`${what} is no JSON`);
  }
  const misfit = findMisfit(value, shape, '');
  if (misfit === undefined) return value;
  throw new DamagedSession(`${what} is not as plugin-host writes it${misfit === '' ? '' : ` (${misfit})`}`);
}
