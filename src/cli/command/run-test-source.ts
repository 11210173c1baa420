import path from 'node:path';
import { indent } from '../../base/indent.ts';
import { listTests, renderTestList } from '../../testing/list-tests.ts';
import { parseJobs } from '../../testing/parse-jobs.ts';
import { chooseReporters } from '../../testing/reporters/choose-reporters.ts';
import { runTests } from '../../testing/run-tests.ts';
import { parseShard } from '../../testing/take-shard.ts';
import { countCases } from '../../testing/test-report.ts';
import type { TestSource } from '../../testing/test-source.ts';
import { openReports } from '../reporting/open-reports.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
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
  const chosen = chooseReporters(options);
  const { bail, slowest } = options;
  const filter = { text: options.filter };
  const jobs = parseJobs(options.jobs);
  const shard = options.shard === undefined ? undefined : parseShard(options.shard);
  const named = paths.length === 0 ? ['.'] : paths;
  if (options.list) {
    const source = await open(named);
    await refuseWithoutCases(source);
    const list = await listTests(source, { filter: filter.text, shard });
    if (chosen.some(({ name }) => name === 'json')) terminal.printJson(list);
    else terminal.print(renderTestList(list));
    if (source.invalid === undefined) return 0;
    terminal.sayAnyway(`${source.invalid.code}  ${source.invalid.message}\n${indent(source.invalid.hint)}`);
    return source.invalid.exitCode;
  }
  let watched = named.map((each) => path.resolve(each));
  const once = async (): Promise<number> => {
    const reports = openReports(chosen, { terminal, slowest, currentFolder: process.cwd(), environment: process.env });
    const source = await open(named);
    // Reporters for CI servers are told of it as of any failure.
    if (chosen.every(({ name, file }) => file === undefined && ['pretty', 'json'].includes(name)))
      await refuseWithoutCases(source);
    watched = [...new Set([...named, ...source.watched].map((each) => path.resolve(each)))];
    const report = await runTests(source, {
      ...{ filter: filter.text, shard, jobs, bail, onBegin: reports.begin, onCase: reports.add },
      signal: terminal.interrupted,
    }).catch((error: unknown) => {
      reports.giveUp();
      throw error;
    });
    reports.end(report);
    return countCases(report.suites).failed === 0 ? 0 : 1;
  };
  if (!options.watch) return once();
  const { watchFiles } = await import('../terminal/watch-files.ts');
  return watchFiles({ paths: () => watched, run: once, isTolerant: true, filter }, terminal);
}

/** Closes the source that it refuses. @throws PluginHostError with all that is wrong, when no file of tests is valid */
async function refuseWithoutCases({ suites, invalid, close }: TestSource): Promise<void> {
  if (invalid === undefined || !suites.every(({ cases }) => cases.every(({ isFile }) => isFile))) return;
  await close?.();
  throw invalid;
}
