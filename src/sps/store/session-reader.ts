import { isJsonObject, type Json, type JsonObject, parseExactJson, storedDepth } from '../../base/json.ts';
import type { LogLine } from '../../process/output/log-collector.ts';
import { DatabaseFault } from '../../state/database-fault.ts';
import type { Secrets } from '../call/call-hook.ts';
import type { CallRecord } from '../call/call-record.ts';
import type { StepInput } from '../call/step-input.ts';
import { findMisfit, mappingShape, secretsShape, textsShape } from './find-misfit.ts';
import type { SessionContent, StoredStep } from './session-content.ts';
import { type Origin, type SessionFacts, unknownFacts } from './session-facts.ts';
import type { Row, StepRow } from './session-format.ts';
import type { SessionRows } from './session-rows.ts';
import type { Held } from './session-state.ts';

export interface Summary {
  createdAt: string;
  steps: number;
  lastHook: string | null;
  lastAt: string | null;
  /** Of the last step: the kind of its outcome, and its verdict where the hook judges. */
  lastOutcome: string | null;
  lastVerdict: string | null;
  /** Of those that were called. */
  pluginNames: string[];
}

/** Of a session without a step, or one that cannot be read. */
export const noSummary: Summary = {
  createdAt: '',
  steps: 0,
  lastHook: null,
  lastAt: null,
  lastOutcome: null,
  lastVerdict: null,
  pluginNames: [],
};

/** Reads what is stored of a session. Content that plugin-host did not write is a DatabaseFault. */
export class SessionReader {
  readonly #rows: SessionRows;
  /** Just made by a call that has not begun. */
  readonly #isNew: boolean;
  #row: Row | undefined;

  /** @param format 0 of a session that was made this moment. */
  constructor(rows: SessionRows, format: number) {
    this.#rows = rows;
    this.#isNew = format === 0;
  }

  held(): Held {
    const { session_cookie: sessionCookie, answers, secret_answers: secretAnswers } = this.#session();
    return {
      cookies: Object.fromEntries(
        this.#rows.cookies().map(({ plugin, cookie }) => [plugin, readCookie(cookie, `the cookie of ${plugin}`)]),
      ),
      sessionCookie: readCookie(sessionCookie, 'the session cookie'),
      answers: read(answers, mappingShape, 'the answers') as JsonObject,
      secretAnswers: read(secretAnswers, textsShape, 'the list of secret answers') as string[],
      knownSecrets: [...new Set(this.#secrets().flatMap(({ values }) => values))],
    };
  }

  /** @param after Number of the step before the first one. */
  steps(after = 0): StoredStep[] {
    if (this.#isNew) return [];
    return this.#rows.steps(after).map((row) => ({
      n: row.n,
      startedAt: row.started_at,
      record: readRecord(row),
      logLines: read(row.log_lines, [() => true], `the log of step ${row.n}`) as unknown as LogLine[],
      secrets: readSecrets(row.secrets),
      input: row.input == null ? null : readInput(row.input, row.n),
    }));
  }

  content(): SessionContent {
    if (this.#isNew) throw new DatabaseFault('it has no call yet');
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

  /** What is known of the session as a whole. Sessions of older formats know who made them only when they came from a file. */
  facts(): SessionFacts {
    if (this.#isNew) return unknownFacts;
    const row = this.#session();
    const { imported, gateway_groups: groups, gateway } = row;
    const text = (column: 'origin' | 'ended' | 'ended_at' | 'protocol' | 'gateway_user' | 'owner'): string | null => {
      const value = row[column] ?? null;
      if (value === null || typeof value === 'string') return value;
      throw new DatabaseFault(`its ${column} is not a text`);
    };
    return {
      origin: imported === 1 ? 'import' : (text('origin') as Origin | null),
      ended: text('ended'),
      gatewayUser: text('gateway_user'),
      gatewayGroups: groups == null ? null : (read(groups, textsShape, 'the list of gateway groups') as string[]),
      protocol: text('protocol'),
      endedAt: text('ended_at'),
      gateway: gateway == null ? null : (read(gateway, mappingShape, 'what the gateway told') as JsonObject),
      owner: text('owner'),
    };
  }

  /** What must not be shown. */
  secrets(): Secrets {
    if (this.#isNew) return { values: [], names: [] };
    const all = this.#secrets();
    return {
      values: [...new Set(all.flatMap(({ values }) => values))],
      names: [...new Set(all.flatMap(({ names }) => names))],
    };
  }

  /** How many steps it has. */
  count(): number {
    return this.#rows.count();
  }

  summary(): Summary {
    if (this.#isNew) return noSummary;
    const last = this.#rows.lastStep();
    const record: Partial<CallRecord> = last === undefined ? {} : readRecord(last);
    return {
      createdAt: this.#session().created_at,
      steps: last?.n ?? 0,
      lastHook: record.hook ?? null,
      lastAt: last?.started_at ?? null,
      lastOutcome: record.outcome?.kind ?? null,
      lastVerdict: record.verdict ?? null,
      pluginNames: this.#rows.cookies().map(({ plugin }) => plugin.split('/').at(-1) ?? plugin),
    };
  }

  /** Read by every call, so without the steps' records and logs. */
  #secrets(): Secrets[] {
    return this.#rows.secrets().map(readSecrets);
  }

  #session(): Row {
    this.#row ??= this.#rows.session();
    if (this.#row === undefined) throw new DatabaseFault('its only row is missing');
    return this.#row;
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

/** The message does not repeat the text, which may contain a secret. */
function read(text: unknown, shape: Parameters<typeof findMisfit>[1], what: string): Json {
  let value: Json;
  try {
    value = parseExactJson(String(text), storedDepth);
  } catch {
    throw new DatabaseFault(`${what} is not JSON`);
  }
  const misfit = findMisfit(value, shape, '');
  if (misfit === undefined) return value;
  throw new DatabaseFault(`${what} is not as plugin-host writes it${misfit === '' ? '' : ` (${misfit})`}`);
}
