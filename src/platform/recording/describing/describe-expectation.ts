import { isJsonObject, type Json, type JsonObject } from '../../../base/json.ts';
import type { Templater } from '../../../targets/recording/create-templater.ts';
import type { RunResult } from '../../run/run-result.ts';
import type { At, RecordedTarget } from './recorded-target.ts';

/** What came out of a run, as a test expects it. @param result With stand-ins in the place of secrets */
export function describeExpectation(
  result: RunResult,
  targets: readonly RecordedTarget[],
  { json, text }: Templater,
): JsonObject {
  const { outcome, value, error, response, status, discovered } = result;
  const records = Object.fromEntries(Object.entries(discovered).filter(([, found]) => found.length > 0));
  const requests = inOrder(targets.flatMap((each) => each.requests));
  const commands = isOrderKnown(targets) ? inOrder(targets.flatMap((each) => each.commands)) : [];
  return withoutUndefined({
    outcome,
    value: outcome === 'error' || outcome === 'cancelled' ? undefined : json(value),
    error: error === null ? undefined : describeError(error, text),
    status: status.length === 0 ? undefined : status.map((each) => describeStatus(each, json)),
    response: response === null ? undefined : json(response),
    records: Object.keys(records).length === 0 ? undefined : json(records),
    requests: requests.length === 0 ? undefined : (requests as unknown as Json),
    commands: commands.length === 0 ? undefined : commands,
  });
}

function inOrder<T>(asked: readonly At<T>[]): T[] {
  return asked.toSorted((one, other) => one.at - other.at).map((each) => each.asked);
}

/** Nobody knows when something was typed into one of several shells, nor whether what was typed last was read. */
function isOrderKnown(targets: readonly RecordedTarget[]): boolean {
  if (targets.some(({ isOpen }) => isOpen)) return false;
  const busy = targets.filter(({ commands }) => commands.length > 0);
  const isShell = ({ commands }: RecordedTarget): boolean =>
    new Set(commands.map(({ at }) => at)).size < commands.length;
  return busy.length <= 1 || !busy.some(isShell);
}

/** What the network says of a failure is not the same of a simulated target. */
function describeError({ code, message }: NonNullable<RunResult['error']>, text: (text: string) => string): Json {
  return code === 'THROWN' ? { code, message: text(message) } : { code };
}

function describeStatus({ name, parameters }: RunResult['status'][number], json: (value: Json) => Json): Json {
  return parameters.length === 0 ? name : { name, parameters: parameters.map(json) };
}

function withoutUndefined(mapping: Record<string, Json | undefined>): JsonObject {
  return Object.fromEntries(Object.entries(mapping).filter((entry): entry is [string, Json] => entry[1] !== undefined));
}

/** Where an expectation has a text that each host has of its own, anything will do. */
export function loosen(expected: Json, isOwn: (text: string) => boolean): Json {
  if (typeof expected === 'string') return isOwn(expected) ? { any: true } : expected;
  if (Array.isArray(expected)) return expected.map((item) => loosen(item, isOwn));
  if (!isJsonObject(expected)) return expected;
  return Object.fromEntries(Object.entries(expected).map(([name, item]) => [name, loosen(item, isOwn)]));
}
