import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { filesBelow, showPath } from '../../testing/files-below.ts';

const testName = /\.platform-test\.ya?ml$/;
/** Names that may be meant as one. */
const similarName = /platform[-_. ]?tests?\.(?:ya?ml|json)$/i;

/**
 * Test files of custom platform scripts: those that are named, and `*.platform-test.yaml` in the folders that are named.
 * @param onSkipped Is told each file that looks like one and is not run.
 * @throws PluginHostError FILE_NOT_FOUND when a path is not there or nothing is found
 */
export function findPlatformTests(
  paths: readonly string[],
  currentFolder: string,
  onSkipped: (file: string, why: string) => void,
): string[] {
  const found = paths.flatMap((named) => {
    const file = path.resolve(currentFolder, named);
    if (!existsSync(file)) {
      throw new PluginHostError('FILE_NOT_FOUND', `${named}: no such file or folder`, {
        hint: 'Name test files, or folders to search.',
      });
    }
    if (!statSync(file).isDirectory()) return [file];
    const files = [...filesBelow(file)];
    for (const each of files.filter((other) => !testName.test(other) && similarName.test(other)))
      onSkipped(showPath(each, currentFolder), 'tests are called NAME.platform-test.yaml');
    return files.filter((each) => testName.test(each));
  });
  if (found.length > 0) return [...new Set(found)].map((file) => showPath(file, currentFolder));
  const folders = paths.map((each) => path.resolve(currentFolder, each)).join(', ');
  throw new PluginHostError('FILE_NOT_FOUND', `no tests in ${folders}`, { hint: 'Looked for *.platform-test.yaml.' });
}
