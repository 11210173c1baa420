import { describe, expect, test } from 'vitest';
import type { Problem } from '../../../../src/base/problem.ts';
import type { KvGroup } from '../../../../src/kvgroup/format/kv-group.ts';
import type { RunResult } from '../../../../src/kvgroup/running/run-result.ts';
import type { Expectation } from '../../../../src/kvgroup/testing/expectation-schema.ts';
import { findAnswerMismatches, findRunMismatches } from '../../../../src/kvgroup/testing/find-run-mismatches.ts';
import { describeMismatch } from '../../../../src/testing/describe-mismatch.ts';

const unsettled: Problem = { level: 'error', code: 'NOT_SETTLED', message: 'ten runs', hint: 'none' };

const resultOf = (part: Partial<RunResult>): RunResult => ({
  ...{ point: '20', class: 'ok', retval: '0', errmsg: null, exitCode: 0, signal: null, durationMs: 5, output: null },
  ...{ diagnostics: [], problems: [], stderr: '', runs: 1 },
  ...part,
});

const group = (pairs: Record<string, string>, groups: KvGroup[] = []): KvGroup => ({
  ...{ k: '', n: '' },
  c: [...Object.entries(pairs).map(([k, v]) => ({ k, v })), ...groups],
});

describe('of a run', () => {
  test.each<[Expectation, Partial<RunResult>]>([
    [{}, {}],
    [{}, { class: 'failure' }],
    [{ class: 'crash' }, { class: 'crash' }],
    [{ retval: 0 }, {}],
    [{ errmsg: '' }, { errmsg: null }],
    [{ errmsg: { matches: 'taken$' } }, { errmsg: 'is taken' }],
    [{ errmsg: { absent: true } }, { errmsg: null }],
    [{ maxMs: 5 }, {}],
  ])('%j is met by %j', (expected, got) => {
    expect(findRunMismatches(expected, resultOf(got))).toEqual([]);
  });

  test.each<[Expectation, Partial<RunResult>, string]>([
    [{}, { class: 'crash' }, 'class: expected "ok or failure", got "crash"'],
    [{ class: 'failure' }, {}, 'class: expected "failure", got "ok"'],
    [{ retval: 1 }, {}, 'retval: expected "1", got "0"'],
    [{ retval: 1 }, { retval: null }, 'retval: expected "1", got nothing'],
    [{ errmsg: '' }, { errmsg: 'is taken' }, 'errmsg: expected "", got "is taken"'],
    [{ errmsg: { contains: 'a' } }, { errmsg: null }, 'errmsg: expected {"contains":"a"}, got nothing'],
    [{ maxMs: 4 }, {}, 'maxMs: expected at most 4 ms, took 5 ms'],
    [{ settle: true }, { problems: [unsettled] }, 'settle: the plugin has not settled'],
  ])('%j is not met by %j: %s', (expected, got, told) => {
    expect(findRunMismatches(expected, resultOf(got)).map(describeMismatch)).toEqual([told]);
  });
});

describe('of its answers', () => {
  const told = (expected: KvGroup[], got: KvGroup[]): string[] => {
    const answers = got.map((output, index) => ({ item: index + 1, output, shown: true, durationMs: 1 }));
    return findAnswerMismatches(expected, resultOf({ answers })).map(describeMismatch);
  };

  test('each difference is told with its path, as `kvgroup get` takes it', () => {
    const inner: KvGroup = { k: 'user', n: 'a', c: [{ k: 'id', v: '1' }] };
    expect(told([group({ try: 'a', b: '1' }, [inner])], [group({ try: 'b' }, [{ ...inner, c: [] }])])).toEqual([
      'try: expected "a", got "b"',
      'b: expected "1", got nothing',
      'user[a]/id: expected "1", got nothing',
    ]);
  });

  test('a group is shown as it is written', () => {
    const inner: KvGroup = { k: 'user', n: 'a', c: [{ k: 'id', v: '1' }] };
    expect(told([group({})], [group({}, [inner])])).toEqual([
      'user[a]: expected nothing, got a group\n  "user" "a" = {\n    "id" = "1"\n  }',
    ]);
  });

  test('of several each is told with its number, and how many there are', () => {
    expect(told([group({ a: '1' }), group({ a: '2' })], [group({ a: '1' }), group({ a: '3' }), group({})])).toEqual([
      'answer 2.a: expected "2", got "3"',
      'answers: expected 2, got 3',
    ]);
  });
});
