import { type MeasuredFile, toCoverageReport } from '../../testing/coverage-report.ts';
import { showPath } from '../../testing/files-below.ts';
import { planCase } from '../../testing/plan-case.ts';
import { planInvalidFile, refuseFiles } from '../../testing/plan-invalid-file.ts';
import type { PlannedSuite, TestSource } from '../../testing/test-source.ts';
import { ExpectationWriter } from '../../testing/updating/expectation-writer.ts';
import { CoverageRecording } from '../coverage/coverage-recording.ts';
import { findTestFiles } from './find-test-files.ts';
import { readScenarioTest, type ScenarioTestOptions } from './read-scenario-test.ts';
import { readTestFiles } from './read-test-files.ts';
import { runCase } from './run-case.ts';
import { TestVariants, type VariantOptions } from './test-variants.ts';

export interface OpenTestsOptions extends Omit<ScenarioTestOptions, 'updates'>, VariantOptions {
  /** Write what came over what failing expectations say. */
  update?: boolean | undefined;
  /** Count the lines of the plugins that are run. */
  coverage?: { onMeasured: (files: readonly MeasuredFile[]) => void } | undefined;
  /** Is told each file that looks like a test and is not run. */
  onSkipped: (file: string, why: string) => void;
}

/**
 * The tests of plugins and the scenarios that expect something: the given ones, and those below the given folders.
 * @throws PluginHostError FILE_NOT_FOUND; TEST_INVALID for a named file that is neither
 */
export async function openTests(paths: readonly string[], options: OpenTestsOptions): Promise<TestSource> {
  const { showSecrets, debugging, coverage, onSkipped } = options;
  const { currentFolder } = options.host;
  const found = findTestFiles(paths, currentFolder, onSkipped);
  const testFiles = found.filter(({ kind }) => kind === 'tests').map(({ file }) => file);
  const read = readTestFiles(testFiles, currentFolder);
  const updates = options.update ? new ExpectationWriter() : undefined;
  const recording = coverage && new CoverageRecording();
  const host = { ...options.host, recordCoverage: recording?.settingsFor.bind(recording) };
  const variants = new TestVariants({ ...options, host });
  const planSuite = async (file: string): Promise<PlannedSuite> => {
    const tests = read.get(file);
    if (tests === undefined) return readScenarioTest(file, { ...options, updates }, await variants.waysOf(undefined));
    if ('problems' in tests) return planInvalidFile(tests);
    const { plugin } = tests.subject;
    const ways = await variants.waysOf(plugin);
    const cases = tests.cases.flatMap((each) =>
      planCase(
        {
          name: each.name,
          line: tests.lineOf(each.keys),
          run: async ({ plugins, repeatOptions }, signal) =>
            runCase(tests, each, { showSecrets, currentFolder, repeatOptions, debugging, updates, plugins, signal }),
        },
        ways,
      ),
    );
    return { name: file, file, ...(plugin !== undefined && { subject: showPath(plugin, currentFolder) }), cases };
  };
  const suites: PlannedSuite[] = [];
  for (const { file } of found) suites.push(await planSuite(file));
  const all = [...read.values()];
  return {
    suites,
    invalid: refuseFiles(all.filter((each) => 'problems' in each)),
    watched: all.flatMap((each) => ('problems' in each ? [] : (each.subject.plugin ?? []))),
    measure:
      coverage &&
      recording &&
      (async (signal) => {
        const { files, warnings } = await recording.measure(currentFolder, signal);
        coverage.onMeasured(files);
        return toCoverageReport(files, warnings);
      }),
    close: async () => {
      await variants[Symbol.asyncDispose]();
      recording?.[Symbol.dispose]();
    },
  };
}
