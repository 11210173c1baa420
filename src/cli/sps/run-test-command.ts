import { availableParallelism } from 'node:os';
import path from 'node:path';
import { renderSuggestion } from '../../base/nearest-name.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { findTestFiles } from '../../sps/testing/find-test-files.ts';
import { readTestFiles } from '../../sps/testing/read-test-files.ts';
import { runCase } from '../../sps/testing/run-case.ts';
import { runTests, type TestSource } from '../../sps/testing/run-tests.ts';
import { filterCases, parseShard, takeShard } from '../../sps/testing/take-shard.ts';
import { TestPlugins } from '../../sps/testing/test-plugins.ts';
import { renderReport, type ReporterName, reporterNames } from '../../testing/reporters/render-report.ts';
import { countCases, type TestReport } from '../../testing/test-report.ts';
import type { OptionsOf } from '../command/declare-command.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import { renderError } from '../terminal/render-error.ts';
import { sanitize } from '../terminal/sanitize.ts';
import type { testCommand } from './commands/test-command.ts';
import { hostOptionsOf } from './host-options-of.ts';

type TestOptions = OptionsOf<typeof testCommand>;

/** Runs tests of plugins and scenarios. Exit code 1 when one fails. */
export async function runTestCommand(terminal: Terminal, files: string[], options: TestOptions): Promise<number> {
  const reporter = readReporter(options);
  const jobs = readJobs(options.jobs);
  if (options.shard !== undefined) parseShard(options.shard);
  const paths = files.length === 0 ? ['.'] : files;
  let watched = paths.map((each) => path.resolve(each));
  const once = async (): Promise<number> => {
    const prepared = await prepare(terminal, paths, options);
    await using plugins = prepared.plugins;
    watched = [...new Set([...paths, ...prepared.watched].map((each) => path.resolve(each)))];
    const report = await runTests(prepared.sources, { jobs, signal: terminal.interrupted });
    await plugins[Symbol.asyncDispose]();
    return show(terminal, report, reporter);
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

interface Prepared {
  sources: TestSource[];
  plugins: TestPlugins;
  /** Files and folders that a test depends on. */
  watched: string[];
}

async function prepare(terminal: Terminal, paths: readonly string[], options: TestOptions): Promise<Prepared> {
  const host = await hostOptionsOf(options);
  const { currentFolder } = host;
  const found = findTestFiles(paths, currentFolder, (file, why) => {
    terminal.say(`warning: ${sanitize(file)} is not run: ${why}`);
  });
  const loaded = readTestFiles(
    found.filter(({ kind }) => kind === 'tests').map(({ file }) => file),
    currentFolder,
  );
  const showSecrets = options.showSecrets ?? false;
  const run = { showSecrets, currentFolder, repeatOptions: repeatOptionsOf(options) };
  const { readScenarioTest } = await import('./read-scenario-test.ts');
  const sources = found.map(({ file, kind }): TestSource => {
    const tests = loaded.find((each) => each.file === file);
    if (kind === 'scenario' || tests === undefined) {
      return readScenarioTest(file, { host, showSecrets, hardSignal: terminal.interruptedAgain });
    }
    const cases = tests.cases.map((each) => ({
      name: each.name,
      run: (signal: AbortSignal) => runCase(tests, each, { ...run, plugins, signal }),
    }));
    return { name: file, file, cases };
  });
  const shard = options.shard === undefined ? undefined : parseShard(options.shard);
  const chosen = takeShard(filterCases(sources, options.filter), shard);
  // A scenario opens its own plugins.
  const calling = chosen.filter(({ file }) => loaded.some((each) => each.file === file));
  const plugins = new TestPlugins(host, calling.flatMap(({ cases }) => cases).length);
  return { sources: chosen, plugins, watched: loaded.map(({ plugin }) => plugin) };
}

function show(terminal: Terminal, report: TestReport, reporter: ReporterName): number {
  terminal.print(renderReport(reporter, report, terminal.paint));
  return countCases(report.suites).failed === 0 ? 0 : 1;
}

/** @throws PluginHostError USAGE */
function readReporter({ json, reporter, watch }: TestOptions): ReporterName {
  const name = reporter ?? (json ? 'json' : 'pretty');
  const known = reporterNames.find((each) => each === name);
  if (known === undefined) {
    throw new PluginHostError('USAGE', `${name} is no reporter`, { hint: renderSuggestion(name, reporterNames) });
  }
  if (json && known !== 'json') {
    throw new PluginHostError('USAGE', `--json prints JSON, --reporter ${name} something else`, {
      hint: 'Leave out one of them.',
    });
  }
  if (watch && known !== 'pretty') {
    throw new PluginHostError('USAGE', `--watch reports after each change, ${known} is one document`, {
      hint: 'Leave out one of them.',
    });
  }
  return known;
}

/** @throws PluginHostError USAGE */
function readJobs(text: string | undefined): number {
  if (text === undefined) return availableParallelism();
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new PluginHostError('USAGE', `--jobs: ${JSON.stringify(text)} is no number of calls`, {
    hint: 'Write a whole number from 1, such as --jobs 2.',
  });
}

/** What `invoke` has to be told too. */
function repeatOptionsOf({ hostConfig, state, python, proxyTimeout, api, spsVersion }: TestOptions): string[] {
  const given: [string, string | undefined][] = [
    ['--host-config', hostConfig],
    ['--state', state],
    ['--python', python],
    ['--proxy-timeout', proxyTimeout === undefined ? undefined : `${proxyTimeout}ms`],
    ['--api', api === '1.9' ? undefined : api],
    ['--sps-version', spsVersion === '9.0.0' ? undefined : spsVersion],
  ];
  return given.flatMap(([option, value]) => (value === undefined ? [] : [option, value]));
}
