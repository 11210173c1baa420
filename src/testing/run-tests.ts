import { filterCases } from './filter-cases.ts';
import { type Shard, takeShard } from './take-shard.ts';
import { type CaseListener, TestProgress } from './test-progress.ts';
import { type TestReport, titleOf } from './test-report.ts';
import type { PlannedSuite, TestSource } from './test-source.ts';

export interface ChosenTests {
  /** Only cases with this text in their name or file. */
  filter?: string | undefined;
  /** Of the cases that the filter leaves. */
  shard?: Shard | undefined;
}

export interface RunTestsOptions extends ChosenTests {
  /** How many cases run at once. */
  jobs: number;
  /** Begin nothing after the first failure; what runs is finished. */
  bail?: boolean | undefined;
  /** Is told the titles of the chosen cases, in the order of the report, before the first begins. */
  onBegin?: ((titles: readonly string[]) => void) | undefined;
  /** Is told each case once it and all before it have ended: in the order of the report. */
  onCase?: CaseListener | undefined;
  signal: AbortSignal;
}

/** @throws PluginHostError USAGE when the filter leaves none */
export function chooseTests({ suites }: TestSource, { filter, shard }: ChosenTests): readonly PlannedSuite[] {
  return takeShard(filterCases(suites, filter), shard);
}

/**
 * Runs the chosen cases of a source, and closes it. The report has them in the order of the source, in whatever order they end.
 * @throws PluginHostError USAGE when the filter leaves none; what a case throws, once those that run have ended
 */
export async function runTests(source: TestSource, options: RunTestsOptions): Promise<TestReport> {
  try {
    const report = await runSuites(chooseTests(source, options), options);
    const coverage = await source.measure?.(options.signal);
    return coverage === undefined ? report : { ...report, coverage };
  } finally {
    await source.close?.();
  }
}

async function runSuites(
  chosen: readonly PlannedSuite[],
  { jobs, bail = false, onBegin, onCase, signal }: RunTestsOptions,
): Promise<TestReport> {
  const startedAt = performance.now();
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const progress = new TestProgress(chosen, bail, onCase);
  onBegin?.(chosen.flatMap(({ cases }) => cases.map(titleOf)));
  const work = async (): Promise<void> => {
    for (let next = progress.take(); next !== undefined; next = progress.take()) {
      either.throwIfAborted();
      progress.end(next, await next.planned.run(either));
    }
  };
  const workers = Array.from({ length: Math.min(jobs, progress.waiting) }, async () => {
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
  return { suites: progress.finish(), durationMs: Math.round(performance.now() - startedAt) };
}
