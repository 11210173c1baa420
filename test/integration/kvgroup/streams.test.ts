import { describe, expect, test } from 'vitest';
import { printMessage } from '../../../src/kvgroup/format/print-message.ts';
import { findPoint } from '../../../src/kvgroup/points/find-point.ts';
import { fixtureFile, problemsOf, runFixture, runUntilTimeIsUp } from './run-fixture.ts';

async function filter(users: string[], point = '27'): Promise<Awaited<ReturnType<typeof runFixture>>['result']> {
  const run = users.includes('hang') ? runUntilTimeIsUp : runFixture;
  return (await run('filters.py', { point, users })).result;
}

describe('a filter', () => {
  test.concurrent.each<[string, string[], object, string[], (boolean | null)[]]>([
    [
      'hides what it says and shows the rest',
      ['a', 'hide-b', 'c'],
      { class: 'ok', retval: null },
      [],
      [true, false, true],
    ],
    ['without items is done', [], { class: 'ok' }, [], []],
    [
      'that aborts is a failure',
      ['a', 'abort', 'c'],
      { class: 'failure', retval: '1', errmsg: 'no more' },
      [],
      [true, true, null],
    ],
    [
      'that sends a message aborts',
      ['message', 'b'],
      { class: 'failure', retval: null, errmsg: 'no' },
      [],
      [true, null],
    ],
    [
      'that ends early is a protocol error',
      ['a', 'exit', 'c'],
      { class: 'protocol-error', exitCode: 0 },
      ['error ANSWER_MISSING'],
      [true, null, null],
    ],
    [
      'that never answers is over its time',
      ['a', 'hang', 'c'],
      { class: 'timeout' },
      ['error RUN_TIMED_OUT'],
      [true, null, null],
    ],
    [
      'that crashes is a crash',
      ['a', 'crash'],
      { class: 'crash', signal: 'SIGABRT' },
      ['error RUN_CRASHED'],
      [true, null],
    ],
    [
      'that answers twice is a protocol error',
      ['twice', 'b'],
      { class: 'protocol-error' },
      ['error ANSWER_EARLY'],
      [true, null],
    ],
    [
      'that answers the last item twice is a protocol error',
      ['a', 'twice'],
      { class: 'protocol-error' },
      ['error ANSWER_SURPLUS'],
      [true, true],
    ],
    [
      'that prints something else is a protocol error',
      ['a', 'garbage', 'c'],
      { class: 'protocol-error' },
      ['error OUTPUT_UNREADABLE'],
      [true, null, null],
    ],
  ])('%s', async (_, users, expected, problems, shown) => {
    const result = await filter(users);
    expect(result).toMatchObject({ output: null, runs: 1, ...expected });
    expect(problemsOf(result)).toEqual(problems);
    expect(result.answers?.map((answer) => answer.shown)).toEqual(shown);
    expect(result.answers?.map(({ item }) => item)).toEqual(users.map((_user, index) => index + 1));
  });

  test('that answers the context gives one answer too many', async () => {
    const { result } = await runFixture('answers-the-context.py', { point: '27', users: ['a', 'b'] });
    expect(result.class).toBe('protocol-error');
    expect(problemsOf(result).join()).toMatch(/^error ANSWER_(SURPLUS|EARLY)$/);
  });

  test('gets the context, then the items, then the end of file', async () => {
    const { recordings, inputs } = await runFixture('filters.py', { point: '27', users: ['a', 'b'] });
    expect(recordings[0]?.stdin).toBe(inputs.map((each) => printMessage(each)).join(''));
    expect(inputs.map(({ k }) => k)).toEqual(['', 'user', 'user']);
  });

  test('that keeps shows what it keeps', async () => {
    const result = await filter(['hide-a', 'b'], 'KEEP USER PLUGIN');
    expect(result.answers?.map((answer) => answer.shown)).toEqual([false, false]);
  });

  test('gets no items that a call has none of', async () => {
    await expect(runFixture('filters.py', { point: '20', users: ['a'] })).rejects.toMatchObject({ code: 'USAGE' });
  });
});

test('a generator is asked until it has no more', async () => {
  const { result } = await runFixture('generates.py', { point: 'GENERATE USER PLUGIN' });
  expect(result).toMatchObject({ class: 'ok', retval: '0', exitCode: 0 });
  expect(result.answers?.map(({ shown }) => shown)).toEqual([true, true, false]);
});

describe('a streamed download', () => {
  const input = { queryMode: 'streamResults' };

  test('is what follows the answer', async () => {
    const { result } = await runFixture('downloads.py', { point: '56', input, users: ['ann', 'bob'] });
    expect(result).toMatchObject({
      class: 'ok',
      output: {
        c: [
          { k: 'retval', v: '0' },
          { k: 'contentType', v: 'text/csv' },
          { k: 'filename', v: 'users.csv' },
        ],
      },
      download: { contentType: 'text/csv', filename: 'users.csv', bytes: 12, body: 'ann};\nbob};\n' },
    });
  });

  test('that never comes is over its time', async () => {
    const { result } = await runFixture('answers-nothing.py', { point: '56', input, timeoutMs: 500 });
    expect(result.class).toBe('timeout');
  });

  test('may be asked about first', async () => {
    const answer = '"" "" = { "retval" = "0" "displayDownloadButton" = "true" }';
    const { result } = await runFixture('answers-as-told.py', {
      point: '56',
      input: { queryMode: 'displayDownloadButton', 'answer-text': answer },
    });
    expect(result).toMatchObject({ class: 'ok', exitCode: 0 });
    expect(result.download).toBeUndefined();
  });
});

test('every streaming point is found as one', () => {
  const kinds = ['24', '25', '26', '27', '28', '29', '30', '56', '57'].map((id) => findPoint(id).kind);
  expect(kinds).toEqual([...Array<string>(6).fill('filter'), 'generator', 'download', 'trap']);
  expect(fixtureFile('filters.py')).toMatch(/kvgroup\/filters\.py$/);
});
