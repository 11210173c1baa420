import { describe, expect, test } from 'vitest';
import { listTests, renderTestList } from '../../../src/testing/list-tests.ts';
import { runTests, type RunTestsOptions } from '../../../src/testing/run-tests.ts';
import { countCases, type TestReport } from '../../../src/testing/test-report.ts';
import type { PlannedCase, PlannedSuite, TestSource } from '../../../src/testing/test-source.ts';

/** A source whose cases end when the test says so. */
class HeldSource implements TestSource {
  readonly watched = [];
  readonly suites: PlannedSuite[];
  readonly begun: string[] = [];
  readonly broken = new Set<string>();
  closed = 0;
  readonly #held = new Map<string, PromiseWithResolvers<undefined>>();

  constructor(suites: Record<string, string[]>) {
    this.suites = Object.entries(suites).map(([file, names]) => ({
      name: file,
      file,
      cases: names.map((name, index) => ({ ...this.#plan(name), line: index + 1 })),
    }));
  }

  async close(): Promise<void> {
    this.closed++;
    return Promise.resolve();
  }

  async end(name: string): Promise<void> {
    this.#held.get(name)?.resolve(undefined);
    await settle();
  }

  async fail(name: string, error: Error): Promise<void> {
    this.#held.get(name)?.reject(error);
    await settle();
  }

  #plan(name: string): PlannedCase {
    const held = Promise.withResolvers<undefined>();
    held.promise.catch(() => undefined);
    this.#held.set(name, held);
    return {
      name,
      run: async (signal) => {
        this.begun.push(name);
        signal.addEventListener('abort', () => {
          held.reject(signal.reason);
        });
        await held.promise;
        if (!this.broken.has(name)) return { name, passed: true, durationMs: 1 };
        return { name, passed: false, durationMs: 1, failure: { message: 'broken', detail: '' } };
      },
    };
  }
}

/** All that is due has happened. */
async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

const never = new AbortController().signal;

async function run(source: TestSource, options: Partial<RunTestsOptions> = {}): Promise<TestReport> {
  return runTests(source, { jobs: 2, signal: never, ...options });
}

async function reasonOf(running: Promise<unknown>): Promise<unknown> {
  return running.catch((reason: unknown) => reason);
}

function namesIn({ suites }: TestReport): [string, string[]][] {
  return suites.map(({ file, cases }) => [file, cases.map(({ name }) => name)]);
}

describe('a run of tests', () => {
  test('has so many cases at once, and reports them in the order of the source', async () => {
    const source = new HeldSource({ 'a.yaml': ['one', 'two'], 'b.yaml': ['three', 'four'] });
    const running = run(source);
    await settle();
    expect(source.begun).toEqual(['one', 'two']);
    await source.end('two');
    expect(source.begun).toEqual(['one', 'two', 'three']);
    await source.end('three');
    await source.end('four');
    await source.end('one');
    expect(namesIn(await running)).toEqual([
      ['a.yaml', ['one', 'two']],
      ['b.yaml', ['three', 'four']],
    ]);
  });

  test('with one job begins the next when the one before has ended', async () => {
    const source = new HeldSource({ 'a.yaml': ['one', 'two'] });
    const running = run(source, { jobs: 1 });
    await settle();
    expect(source.begun).toEqual(['one']);
    await source.end('one');
    expect(source.begun).toEqual(['one', 'two']);
    await source.end('two');
    await running;
  });

  test('tells each case as soon as it and all before it have ended, with where it is written', async () => {
    const source = new HeldSource({ 'a.yaml': ['one', 'two'], 'b.yaml': ['three'] });
    const told: string[] = [];
    const running = run(source, {
      onBegin: (titles) => told.push(`${titles.length} cases`),
      onCase: ({ file }, { name, line }) => told.push(`${file}:${line ?? ''} ${name}`),
    });
    await settle();
    await source.end('two');
    expect(told).toEqual(['3 cases']);
    await source.end('one');
    expect(told).toEqual(['3 cases', 'a.yaml:1 one', 'a.yaml:2 two']);
    await source.end('three');
    await running;
    expect(told.at(-1)).toBe('b.yaml:1 three');
  });

  test('with bail begins nothing after the first failure, finishes what runs, and reports the others as skipped', async () => {
    const source = new HeldSource({ 'a.yaml': ['one', 'two', 'three'], 'b.yaml': ['four'] });
    source.broken.add('two');
    const told: string[] = [];
    const running = run(source, { bail: true, onCase: (_suite, { name }) => told.push(name) });
    await settle();
    await source.end('two');
    expect({ begun: source.begun, told }).toEqual({ begun: ['one', 'two'], told: [] });
    await source.end('one');
    const report = await running;
    expect(told).toEqual(['one', 'two', 'three', 'four']);
    const skipped = 'not begun after the first failure';
    expect(report.suites.map(({ cases }) => cases)).toMatchObject([
      [{ passed: true }, { failure: { message: 'broken' } }, { passed: false, durationMs: 0, skipped }],
      [{ name: 'four', line: 1, skipped }],
    ]);
    expect(countCases(report.suites)).toEqual({ passed: 1, failed: 1, skipped: 2 });
  });

  test('that is only listed begins nothing, and closes its source', async () => {
    const source = new HeldSource({ 'a.yaml': ['one', 'two'], 'b.yaml': ['three'] });
    const list = await listTests(source, { filter: 'b.yaml' });
    expect(list).toEqual({
      suites: [{ name: 'b.yaml', file: 'b.yaml', cases: [{ name: 'three', file: 'b.yaml', line: 1 }] }],
    });
    expect(renderTestList(list)).toBe('b.yaml:1  three');
    expect({ closed: source.closed, begun: source.begun }).toEqual({ closed: 1, begun: [] });
  });

  test.each([
    ['the name of a case, case aside', { filter: 'ONE' }, [['a.yaml', ['one']]]],
    ['the name of a file', { filter: 'b.y' }, [['b.yaml', ['three', 'four']]]],
    ['the path to a case, as reports print it', { filter: 'b.yaml > four' }, [['b.yaml', ['four']]]],
    [
      'a shard, counted over all files',
      { shard: { index: 1, count: 2 } },
      [
        ['a.yaml', ['one']],
        ['b.yaml', ['three']],
      ],
    ],
    ['a shard of what the filter leaves', { filter: 'b.', shard: { index: 2, count: 2 } }, [['b.yaml', ['four']]]],
    ['a shard without any', { filter: 'one', shard: { index: 2, count: 2 } }, []],
  ])('takes %s', async (_name, options, expected) => {
    const source = new HeldSource({ 'a.yaml': ['one', 'two'], 'b.yaml': ['three', 'four'] });
    for (const name of ['one', 'two', 'three', 'four']) await source.end(name);
    const report = await run(source, options);
    expect(namesIn(report)).toEqual(expected);
    expect([...source.begun].sort()).toEqual(expected.flatMap(([, names]) => names).sort());
  });

  test('closes its source once, when all cases have ended', async () => {
    const source = new HeldSource({ 'a.yaml': ['one'] });
    const running = run(source);
    await settle();
    expect(source.closed).toBe(0);
    await source.end('one');
    await running;
    expect(source.closed).toBe(1);
  });

  test('is refused when the filter leaves no case, and the source is closed', async () => {
    const source = new HeldSource({ 'a.yaml': ['one'] });
    await expect(run(source, { filter: 'onne' })).rejects.toMatchObject({ code: 'USAGE', hint: 'Did you mean one?' });
    expect({ closed: source.closed, begun: source.begun }).toEqual({ closed: 1, begun: [] });
  });

  test('ends with what a case throws: the others are aborted, none begins, the source is closed after them', async () => {
    const source = new HeldSource({ 'a.yaml': ['one', 'two', 'three'] });
    const running = run(source);
    const ended = reasonOf(running);
    await settle();
    await source.fail('two', new Error('no interpreter'));
    expect(await ended).toEqual(new Error('no interpreter'));
    expect({ begun: source.begun, closed: source.closed }).toEqual({ begun: ['one', 'two'], closed: 1 });
  });

  test('ends with the reason of its signal', async () => {
    const interruption = new AbortController();
    const source = new HeldSource({ 'a.yaml': ['one', 'two', 'three'] });
    const running = run(source, { signal: interruption.signal });
    const ended = reasonOf(running);
    await settle();
    interruption.abort(new Error('interrupted'));
    expect(await ended).toEqual(new Error('interrupted'));
    expect({ begun: source.begun, closed: source.closed }).toEqual({ begun: ['one', 'two'], closed: 1 });
  });
});
