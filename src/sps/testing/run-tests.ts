import type { TestReport } from '../../testing/test-report.ts';
import { type RanCase, tellOnce } from './tell-once.ts';

/** Tests of one file, not run yet. */
export interface TestSource {
  name: string;
  file: string;
  cases: { name: string; run: (signal: AbortSignal) => Promise<RanCase> }[];
}

export interface RunTestsOptions {
  /** How many cases run at once. */
  jobs: number;
  signal: AbortSignal;
  /** Called after each. */
  onCase?: (done: number, count: number) => void;
}

/** Runs all cases, so many at once; the report has them in the order of the files. @throws what a case throws, once those that run have ended */
export async function runTests(
  sources: readonly TestSource[],
  { jobs, signal, onCase }: RunTestsOptions,
): Promise<TestReport> {
  const startedAt = performance.now();
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const suites = sources.map(({ name, file }) => ({ name, file, cases: [] as RanCase[] }));
  const queue = sources.flatMap(({ cases }, suite) => cases.map((each, index) => ({ ...each, suite, index })));
  const count = queue.length;
  let done = 0;
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      either.throwIfAborted();
      const result = await next.run(either);
      const suite = suites[next.suite];
      if (suite !== undefined) suite.cases[next.index] = result;
      done += 1;
      onCase?.(done, count);
    }
  };
  const workers = Array.from({ length: Math.min(jobs, count) }, async () => {
    try {
      await work();
    } catch (error) {
      stop.abort(error);
      throw error;
    }
  });
  const ended = await Promise.allSettled(workers);
  const failed = ended.find((each) => each.status === 'rejected');
  if (failed !== undefined) throw stop.signal.aborted ? stop.signal.reason : failed.reason;
  const told = suites.map((suite) => ({ ...suite, cases: tellOnce(suite.cases) }));
  return { suites: told, durationMs: Math.round(performance.now() - startedAt) };
}
