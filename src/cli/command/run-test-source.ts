import path from 'node:path';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { parseJobs } from '../../testing/parse-jobs.ts';
import { chooseReporter } from '../../testing/reporters/choose-reporter.ts';
import { renderCoverage } from '../../testing/reporters/render-coverage.ts';
import { renderReport } from '../../testing/reporters/render-report.ts';
import { runTests } from '../../testing/run-tests.ts';
import { parseShard } from '../../testing/take-shard.ts';
import { countCases } from '../../testing/test-report.ts';
import type { TestSource } from '../../testing/test-source.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import { renderError } from '../terminal/render-error.ts';
import type { GivenOptions, Option } from './option.ts';
import type { testOptions } from './test-options.ts';

/**
 * Runs tests, whatever they test: what all commands for tests have in common. Exit code 1 when a case fails.
 * @param paths What the user named; none: the current folder.
 * @param open Finds and reads the tests; for `--watch` again before each run.
 */
export async function runTestSource(
  terminal: Terminal,
  paths: readonly string[],
  options: GivenOptions<(typeof testOptions)[number] | Option<'--json'>>,
  open: (paths: readonly string[]) => Promise<TestSource>,
): Promise<number> {
  const reporter = chooseReporter(options);
  const jobs = parseJobs(options.jobs);
  const shard = options.shard === undefined ? undefined : parseShard(options.shard);
  const named = paths.length === 0 ? ['.'] : paths;
  let watched = named.map((each) => path.resolve(each));
  const once = async (): Promise<number> => {
    const source = await open(named);
    watched = [...new Set([...named, ...source.watched].map((each) => path.resolve(each)))];
    const report = await runTests(source, { filter: options.filter, shard, jobs, signal: terminal.interrupted });
    terminal.print(renderReport(reporter, report, terminal.paint));
    if (report.coverage !== undefined && reporter === 'pretty')
      terminal.print(`\n${renderCoverage(report.coverage, terminal.paint)}`);
    else if (report.coverage !== undefined) terminal.say(renderCoverage(report.coverage, terminal.paintError));
    return countCases(report.suites).failed === 0 ? 0 : 1;
  };
  if (!options.watch) return once();
  try {
    await once();
  } catch (error) {
    if (!(error instanceof PluginHostError) || error.code === 'INTERRUPTED') throw error;
    terminal.say(renderError(error, terminal.paintError));
  }
  const { watchFiles } = await import('../terminal/watch-files.ts');
  return watchFiles(() => watched, terminal, once);
}
