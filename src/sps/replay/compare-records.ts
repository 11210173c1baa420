import { diffJson, type JsonDifference } from '../../base/diff-json.ts';
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import type { Secrets } from '../call/call-hook.ts';
import type { CallRecord } from '../call/call-record.ts';
import { fetchesCredentials } from '../plugin/find-hook.ts';
import { maskWord } from '../plugin/mask-word.ts';
import { createPluginMasker } from '../plugin/plugin-secrets.ts';

/** Where a call went differently the second time. */
export interface RecordDifference {
  /** Keys joined by dots: `verdict`, `value.passwords`, `cookie.tries`. */
  path: string;
  change: 'added' | 'removed' | 'changed';
  /** Null when added. */
  recorded: Json;
  /** Null when removed. */
  replayed: Json;
}

/** Unmasked differences in what matters to SPS: how the call ended, its result, verdict and cookies; not its time, log or traceback. */
export function compareRecords(recorded: CallRecord, replayed: CallRecord): JsonDifference[] {
  return diffJson(comparable(recorded), comparable(replayed));
}

function comparable({ outcome, verdict, cookie, sessionCookie }: CallRecord): JsonObject {
  return {
    kind: outcome.kind,
    phase: outcome.phase,
    verdict,
    ...comparableOutcome(outcome, verdict !== null),
    cookie: cookie.after,
    sessionCookie: sessionCookie.after,
  };
}

function comparableOutcome(outcome: CallRecord['outcome'], hasVerdict: boolean): JsonObject {
  switch (outcome.kind) {
    case 'returned':
      return { value: withoutRest(outcome.value, hasVerdict) };
    case 'raised':
      return { exception: outcome.exception, message: outcome.message };
    case 'crashed':
      return { exitCode: outcome.exitCode, signal: outcome.signal };
    case 'malformed':
      return { problem: outcome.problem, reply: outcome.reply };
    case 'timed-out':
      return {};
  }
}

/** The verdict is compared by itself; for cookies, what SPS keeps of them is compared. */
function withoutRest(value: Json, hasVerdict: boolean): Json {
  if (!isJsonObject(value)) return value;
  const { cookie, session_cookie, ...others } = value;
  const { verdict, ...rest } = others;
  return hasVerdict ? rest : others;
}

/** The differences as they may be shown: two secrets that differ are both `***`. */
export function showDifferences(
  differences: readonly JsonDifference[],
  hook: string,
  secrets: Secrets | undefined,
): RecordDifference[] {
  const masker = secrets && createPluginMasker(secrets.values, secrets.names);
  const show = (keys: readonly string[], value: Json | undefined): { keys: readonly string[]; value: Json } => {
    if (masker === undefined || value === undefined) return { keys, value: value ?? null };
    if (keys[0] === 'reply' && fetchesCredentials(hook)) return { keys, value: maskWord };
    // At its place, because some values are secret because of the names around them.
    return unnest(masker.json(keys.reduceRight<Json>((inner, key) => ({ [key]: inner }), value)), keys.length);
  };
  return differences.map(({ keys, before, after }) => {
    const [recorded, replayed] = [show(keys, before), show(keys, after)];
    return {
      path: (before === undefined ? replayed : recorded).keys.join('.'),
      change: before === undefined ? 'added' : after === undefined ? 'removed' : 'changed',
      recorded: recorded.value,
      replayed: replayed.value,
    };
  });
}

function unnest(value: Json, depth: number): { keys: string[]; value: Json } {
  const keys: string[] = [];
  let inner = value;
  for (let step = 0; step < depth && isJsonObject(inner); step++) {
    const [entry] = Object.entries(inner);
    if (entry === undefined) break;
    keys.push(entry[0]);
    inner = entry[1];
  }
  return { keys, value: inner };
}
