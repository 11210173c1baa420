import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { compareCommands } from '../../targets/matching/compare-commands.ts';
import { compareRequests } from '../../targets/matching/compare-requests.ts';
import { findDifferences, findTextDifferences, isMatcher } from '../../targets/matching/find-differences.ts';
import { compareTime } from '../../testing/compare-time.ts';
import type { Mismatch } from '../../testing/compare-value.ts';
import type { RunResult } from '../run/run-result.ts';
import type { Came } from './case-targets.ts';
import type { Expectation } from './test-file.ts';

/**
 * Where a run is not what a test expects; keys begin with that of the expectation. When the operation did not end as expected, nothing else is
 * told. @param result In clear.
 */
export function findMismatches(expect: Expectation, result: RunResult, { requests, commands }: Came): Mismatch[] {
  const ending = findDifferences(expect.outcome ?? 'success', result.outcome, ['outcome']);
  if (ending.length > 0) return ending;
  const { taskStatus, error, status, log, records, withinMs, problems } = expect;
  return [
    ...(expect.value === undefined ? [] : findDifferences(expect.value, result.value, ['value'])),
    ...(taskStatus === undefined ? [] : findTextDifferences(taskStatus, result.taskStatus, ['taskStatus'])),
    ...(error === undefined ? [] : compareError(error, result.error)),
    ...(expect.response === undefined ? [] : findDifferences(expect.response, result.response, ['response'])),
    ...(status === undefined ? [] : compareStatus(status, result.status)),
    ...(log === undefined ? [] : findTextDifferences(log, result.log.map(({ text }) => text).join('\n'), ['log'])),
    ...(records === undefined ? [] : findDifferences(records, result.discovered, ['records'])),
    ...(expect.requests === undefined ? [] : compareRequests(expect.requests, requests)),
    ...(expect.commands === undefined ? [] : compareCommands(expect.commands, commands)),
    ...(withinMs === undefined ? [] : compareTime(withinMs, result.durationMs, ['withinMs'])),
    ...(problems === undefined ? [] : compareProblems(problems, result)),
  ];
}

/** A matcher is of the message. */
function compareError(expected: Json, error: RunResult['error']): Mismatch[] {
  const got = error === null ? undefined : { code: error.code, message: error.message };
  if (isJsonObject(expected) && !isMatcher(expected)) return findTextDifferences(expected, got, ['error']);
  return findTextDifferences(expected, got?.message, ['error']);
}

/** Others may have been sent between them. */
function compareStatus(expected: readonly Json[], sent: RunResult['status']): Mismatch[] {
  let next = 0;
  for (const [index, each] of expected.entries()) {
    const found = sent.findIndex((one, at) => at >= next && isStatus(each, one));
    if (found === -1) {
      const keys = ['status', index];
      const rest = sent.slice(next).map(({ name }) => name);
      return [
        {
          keys,
          expected: each,
          got: rest,
          ...(next > 0 && { note: `not among those after ${sent[next - 1]?.name ?? ''}` }),
        },
      ];
    }
    next = found + 1;
  }
  return [];
}

function isStatus(expected: Json, { name, type, percent, parameters, text }: RunResult['status'][number]): boolean {
  if (!isJsonObject(expected) || isMatcher(expected)) return findTextDifferences(expected, name).length === 0;
  const got: JsonObject = { name, type, percent, parameters, text };
  return Object.entries(expected).every(
    ([key, value]) => (key === 'percent' ? findDifferences : findTextDifferences)(value, got[key]).length === 0,
  );
}

function compareProblems(expected: readonly string[], { problems }: RunResult): Mismatch[] {
  return findDifferences([...new Set(expected)].sort(), [...new Set(problems.map(({ code }) => code))].sort(), [
    'problems',
  ]);
}
