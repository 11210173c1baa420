import path from 'node:path';
import { renderSuggestion } from '../../base/nearest-name.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { findPoint } from '../../kvgroup/points/find-point.ts';
import { findTestFolders } from '../../kvgroup/testing/find-test-folders.ts';
import { readExpectation } from '../../kvgroup/testing/read-expectation.ts';
import { runTestFolder, type TestFolder } from '../../kvgroup/testing/run-test-folder.ts';
import { renderReport, type ReporterName, reporterNames } from '../../testing/reporters/render-report.ts';
import { countCases, type TestSuite } from '../../testing/test-report.ts';
import type { OptionsOf } from '../command/declare-command.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import { sanitize } from '../terminal/sanitize.ts';
import type { testCommand } from './commands/test-command.ts';
import { runSettings } from './run-settings.ts';

type TestOptions = OptionsOf<typeof testCommand>;

/** `plugin-host kvgroup test [DIRS...]` */
export async function testFolders(terminal: Terminal, given: string[], options: TestOptions): Promise<number> {
  const reporter = readReporter(options);
  const folders = findTestFolders(given.length === 0 ? ['.'] : given, process.cwd(), (folder, why) => {
    terminal.say(`warning: ${sanitize(path.relative(process.cwd(), folder) || '.')} is not run: ${why}`);
  });
  const tests = loadTests(folders, options);
  const startedAt = performance.now();
  const suites: TestSuite[] = [];
  for (const test of tests) {
    suites.push(
      await runTestFolder(test, {
        ...(await runSettings(path.dirname(test.plugin), options)),
        update: options.update ?? false,
        showSecrets: options.showSecrets ?? false,
        signal: terminal.interrupted,
      }),
    );
  }
  const report = { suites, durationMs: Math.round(performance.now() - startedAt) };
  terminal.print(renderReport(reporter, report, terminal.paint));
  return countCases(suites).failed === 0 ? 0 : 1;
}

/** @throws PluginHostError USAGE */
function readReporter({ json, reporter }: TestOptions): ReporterName {
  if (json) return 'json';
  const found = reporterNames.find((name) => name === reporter);
  if (found !== undefined) return found;
  throw new PluginHostError('USAGE', `--reporter ${reporter}: no such reporter`, {
    hint: renderSuggestion(reporter, reporterNames),
  });
}

/** @throws PluginHostError EXPECT_INVALID with the problems of all folders, USAGE, POINT_UNKNOWN */
function loadTests(folders: readonly string[], options: TestOptions): TestFolder[] {
  const read = folders.map((folder) => {
    const name = path.relative(process.cwd(), folder) || '.';
    return { folder, name, ...readExpectation(folder, name) };
  });
  const problems = read.flatMap((each) => each.problems);
  if (problems.length > 0) {
    throw new PluginHostError('EXPECT_INVALID', problems.join('\n'), {
      hint: 'See docs/kvgroup.md for what expect.yaml may hold.',
    });
  }
  return read.map(({ folder, name, expectation, lineOf }) => {
    const plugin =
      expectation.plugin === undefined
        ? requireOption('plugin', options.plugin, name)
        : path.resolve(folder, expectation.plugin);
    const point = String(expectation.point ?? requireOption('point', options.point, name));
    return { folder, name, plugin: path.resolve(plugin), point: findPoint(point), expectation, lineOf };
  });
}

function requireOption(option: 'plugin' | 'point', value: string | undefined, name: string): string {
  if (value !== undefined) return value;
  throw new PluginHostError('USAGE', `${name}: which ${option}?`, {
    hint: `Write ${option}: into its expect.yaml, or give --${option}.`,
  });
}
