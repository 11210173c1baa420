import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { isMatcher } from '../../targets/matching/find-differences.ts';
import type { ExpectationWriter, Updated } from '../../testing/updating/expectation-writer.ts';
import type { RunResult } from '../run/run-result.ts';
import type { Came } from './case-targets.ts';
import { maskingOf } from './describe-failed-step.ts';
import { findMismatches } from './find-mismatches.ts';
import type { Expectation } from './test-file.ts';

interface RanStep {
  /** Absolute. */
  file: string;
  /** Lead to the expectation. */
  keys: readonly (string | number)[];
  expect: Expectation;
  /** In clear. */
  result: RunResult;
  came: Came;
  /** Undefined when nothing is masked. */
  secrets: readonly string[] | undefined;
}

/** Writes what came of an operation over what its step expects. */
export function updateStep(writer: ExpectationWriter, { file, keys, expect, result, came, secrets }: RanStep): Updated {
  const masking = maskingOf(secrets);
  return writer.update(file, keys, {
    expect: expect as JsonObject,
    got: observe(expect, result),
    compare: (changed) => findMismatches(changed, result, came),
    toExpected: (value) => (value === undefined || hasOwnMeaning(value) ? undefined : value),
    mask: (place, value) => masking.mismatch({ keys: place, expected: undefined, got: value }).got,
  });
}

/** A matcher, or a name in place of a value, by its form. */
function hasOwnMeaning(value: Json): boolean {
  if (typeof value === 'string') return value.includes('${');
  if (Array.isArray(value)) return value.some(hasOwnMeaning);
  return isJsonObject(value) && (isMatcher(value) || Object.values(value).some(hasOwnMeaning));
}

function observe({ error: expected }: Expectation, result: RunResult): Record<string, Json | undefined> {
  const { outcome, value, taskStatus, error, response, log, discovered, problems } = result;
  const isByPart = isJsonObject(expected) && !isMatcher(expected);
  return {
    outcome,
    value,
    taskStatus,
    error: error === null ? undefined : isByPart ? { code: error.code, message: error.message } : error.message,
    response,
    log: log.map(({ text }) => text).join('\n'),
    records: discovered,
    problems: [...new Set(problems.map(({ code }) => code))].sort(),
  };
}
