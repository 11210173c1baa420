import path from 'node:path';
import { planInvalidFile, refuseFiles } from '../../testing/plan-invalid-file.ts';
import type { TestSource } from '../../testing/test-source.ts';
import { findTestFolders } from './find-test-folders.ts';
import { type FolderDefaults, readTestFolders, type TestFolder } from './read-test-folders.ts';
import { nameOfCase, type RunFolderOptions, type RunnerSettings, runTestFolder } from './run-test-folder.ts';

export interface OpenFoldersOptions extends Pick<RunFolderOptions, 'update' | 'showSecrets'> {
  currentFolder: string;
  defaults: FolderDefaults;
  /** How the plugins of a folder are run. */
  settingsOf: (pluginFolder: string) => Promise<RunnerSettings>;
  /** Is told each folder that looks like a test and is not one. */
  onSkipped: (folder: string, why: string) => void;
}

/** The folders with an `input.kvg` among those that are named and below them; each is one case. @throws PluginHostError as `findTestFolders` and `readTestFolders` */
export async function openTestFolders(paths: readonly string[], options: OpenFoldersOptions): Promise<TestSource> {
  const { currentFolder, defaults, update, showSecrets, settingsOf, onSkipped } = options;
  const tests = await readTestFolders(findTestFolders(paths, currentFolder, onSkipped), currentFolder, defaults);
  return {
    suites: tests.map((test) =>
      'problems' in test
        ? planInvalidFile(test, { name: test.name, file: test.name })
        : {
            name: test.name,
            file: test.name,
            cases: [
              {
                name: nameOfCase(test),
                file: path.join(test.name, 'input.kvg'),
                line: 1,
                run: async (signal) =>
                  runTestFolder(test, {
                    ...(await settingsOf(path.dirname(test.plugin))),
                    update,
                    showSecrets,
                    signal,
                  }),
              },
            ],
          },
    ),
    invalid: refuseFiles(tests.filter((each) => 'problems' in each)),
    watched: [...new Set(tests.flatMap((each) => ('problems' in each ? [] : filesOf(each))))],
  };
}

/** For a plugin, the file itself: its folder may have many unrelated files. */
function filesOf({ folder, plugin, expectation: { items } }: TestFolder): string[] {
  return [plugin, ...(items === undefined ? [] : [path.resolve(folder, items)])];
}
