import { filterCases } from './filter-cases.ts';
import { type Shard, takeShard } from './take-shard.ts';
import { type RanCase, tellOnce } from './tell-once.ts';
import type { TestReport } from './test-report.ts';
import type { PlannedSuite, TestSource } from './test-source.ts';

export interface RunTestsOptions {
  /** Only cases with this text in their name or file. */
  filter?: string | undefined;
  /** Of the cases that the filter leaves. */
  shard?: Shard | undefined;
  /** How many cases run at once. */
  jobs: number;
  signal: AbortSignal;
}

/**
 * Runs the chosen cases of a source, and closes it. The report has them in the order of the source, in whatever order they end.
 * @throws PluginHostError USAGE when the filter leaves none; what a case throws, once those that run have ended
 */
export async function runTests(source: TestSource, options: RunTestsOptions): Promise<TestReport> {
  try {
    const chosen = takeShard(filterCases(source.suites, options.filter), options.shard);
    return await runSuites(chosen, options);
  } finally {
    await source.close?.();
  }
}

async function runSuites(
  chosen: readonly PlannedSuite[],
  { jobs, signal }: Pick<RunTestsOptions, 'jobs' | 'signal'>,
): Promise<TestReport> {
  const startedAt = performance.now();
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const suites = chosen.map(({ name, file }) => ({ name, file, cases: [] as RanCase[] }));
  const queue = chosen.flatMap(({ cases }, suite) => cases.map((each, index) => ({ each, suite, index })));
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      either.throwIfAborted();
      const ran = await next.each.run(either);
      const suite = suites[next.suite];
      if (suite !== undefined) suite.cases[next.index] = ran;
    }
  };
  const workers = Array.from({ length: Math.min(jobs, queue.length) }, async () => {
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
