import type { Json } from '../../base/json.ts';
import { substitute } from '../../targets/description/substitute.ts';
import { compareRequests } from '../../targets/matching/compare-requests.ts';
import { compareTime } from '../../testing/compare-time.ts';
import { compareValue, type Mismatch } from '../../testing/compare-value.ts';
import type { RunningBackends } from '../backends/running-backends.ts';
import type { CallRecord } from '../call/call-record.ts';
import type { Expectation } from './test-file.ts';

/**
 * Where a call is not what a test expects; keys begin with that of the expectation. If the call did not end as expected, nothing else
 * is reported.
 * @param record With plain numbers.
 */
export function findMismatches(expect: Expectation, record: CallRecord, asked?: RunningBackends): Mismatch[] {
  const { outcome } = record;
  const isRaised = expect.exception !== undefined || expect.message !== undefined;
  const ending = compareValue(expect.outcome ?? (isRaised ? 'raised' : 'returned'), outcome.kind, ['outcome']);
  if (ending.length > 0) return ending;
  const got = observe(record);
  return [
    ...valueNames.flatMap((name) => {
      const expected = expect[name];
      return expected === undefined ? [] : compareValue(expected, got[name], [name]);
    }),
    ...compareLog(expect, outcome.log),
    ...(expect.withinMs === undefined ? [] : compareTime(expect.withinMs, outcome.durationMs, ['withinMs'])),
    ...compareAsked(expect, asked),
    ...compareProblems(expect, record),
  ];
}

/** Compared as they are. */
const valueNames = ['value', 'verdict', 'exception', 'message', 'cookie', 'sessionCookie'] as const;

/** What came, by the keys of the expectation; undefined: nothing came. */
export function observe(
  record: CallRecord,
): Record<Exclude<keyof Expectation, 'withinMs' | 'requests'>, Json | undefined> {
  const { outcome, verdict, cookie, sessionCookie, problems } = record;
  return {
    outcome: outcome.kind,
    value: outcome.kind === 'returned' ? outcome.value : undefined,
    verdict,
    exception: outcome.kind === 'raised' ? outcome.exception : undefined,
    message: outcome.kind === 'raised' ? outcome.message : undefined,
    cookie: cookie.after,
    sessionCookie: sessionCookie.after,
    log: outcome.log,
    problems: codesOf(problems),
  };
}

/** Each once. */
function codesOf(told: CallRecord['problems']): string[] {
  return [...new Set(told.map(({ code }) => code))].sort();
}

/** What came to the backends of the case. */
function compareAsked({ requests: expected }: Expectation, asked: RunningBackends | undefined): Mismatch[] {
  if (expected === undefined) return [];
  return compareRequests(substitute(expected, asked?.values ?? {}), asked?.records.requests ?? []);
}

/** Of a log written out in full, the end of its last line counts for nothing. */
function compareLog({ log: expected }: Expectation, log: string): Mismatch[] {
  if (expected === undefined) return [];
  const isText = typeof expected === 'string';
  return compareValue(isText ? withoutLastEnd(expected) : expected, isText ? withoutLastEnd(log) : log, ['log']);
}

function withoutLastEnd(text: string): string {
  return text.replace(/\n$/, '');
}

/** Without an expectation, as `invoke` judges: the result has no problem of level error. What no backend answers is one of any call. */
function compareProblems({ problems: expected }: Expectation, { outcome, problems }: CallRecord): Mismatch[] {
  if (expected !== undefined) {
    const found = compareValue(Array.isArray(expected) ? expected.toSorted() : expected, codesOf(problems), [
      'problems',
    ]);
    // How many is enough: they are shown in full below.
    return found.map((each) => (each.note === undefined ? each : { ...each, instead: each.note }));
  }
  const isReturned = outcome.kind === 'returned';
  const errors = problems.filter(({ level, code }) => level === 'error' && (isReturned || code.startsWith('BACKEND_')));
  if (errors.length === 0) return [];
  return [
    {
      keys: ['problems'],
      expected: [],
      got: codesOf(errors),
      instead: `of level error: ${codesOf(errors).join(', ')}`,
    },
  ];
}
