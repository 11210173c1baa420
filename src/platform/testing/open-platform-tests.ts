import { type InvalidFile, planInvalidFile, refuseFiles } from '../../testing/plan-invalid-file.ts';
import type { TestSource } from '../../testing/test-source.ts';
import { ExpectationWriter } from '../../testing/updating/expectation-writer.ts';
import { findPlatformTests } from './find-platform-tests.ts';
import type { LoadedTest } from './loaded-test.ts';
import { readPlatformTest } from './read-platform-test.ts';
import { runCase } from './run-case.ts';
import { ScriptStore } from './script-store.ts';

export interface OpenPlatformTestsOptions {
  currentFolder: string;
  showSecrets?: boolean;
  /** Write what came over what failing expectations say. */
  update?: boolean | undefined;
  /** Is told each file that looks like a test and is not run. */
  onSkipped?: (file: string, why: string) => void;
}

/**
 * The tests of custom platform scripts: those that are named, and those below the folders that are named.
 * @throws PluginHostError FILE_NOT_FOUND
 */
// eslint-disable-next-line @typescript-eslint/require-await -- a promise by contract: what reads files may wait one day
export async function openPlatformTests(
  paths: readonly string[],
  options: OpenPlatformTestsOptions,
): Promise<TestSource> {
  const { currentFolder, showSecrets = false, onSkipped = () => undefined } = options;
  const updates = options.update ? new ExpectationWriter() : undefined;
  const scripts = new ScriptStore();
  const files = findPlatformTests(paths, currentFolder, onSkipped);
  const tests = files.map((file): LoadedTest | InvalidFile => {
    const { loaded, problems } = readPlatformTest(file, currentFolder, scripts);
    return loaded ?? { file, code: 'TEST_INVALID', problems, hint: platformTestHint };
  });
  return {
    suites: tests.map((test) =>
      'problems' in test
        ? planInvalidFile(test)
        : {
            name: test.file,
            file: test.file,
            cases: test.cases.map((each) => ({
              name: each.name,
              line: test.lineOf(each.keys),
              run: (signal) => runCase(test, each, { showSecrets, updates, signal }),
            })),
          },
    ),
    invalid: refuseFiles(tests.filter((each) => 'problems' in each)),
    watched: [...new Set(tests.flatMap((each) => ('problems' in each ? [] : each.scriptPath)))],
  };
}

/** What to do about a problem of a test file, where nothing else is known. */
export const platformTestHint =
  'The schema plugin-host/platform-test.schema.json has every key; docs/platform-test-file.md explains them.';
