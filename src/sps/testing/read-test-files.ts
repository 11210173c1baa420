import path from 'node:path';
import type { InvalidFile } from '../../testing/plan-invalid-file.ts';
import { type LoadedTestFile, readTestFile } from './read-test-file.ts';

/** By the names of the files. @throws PluginHostError FILE_NOT_FOUND */
export function readTestFiles(
  files: readonly string[],
  currentFolder: string,
): Map<string, LoadedTestFile | InvalidFile> {
  return new Map(
    files.map((file) => {
      const { loaded, problems } = readTestFile(path.resolve(currentFolder, file));
      return [
        file,
        loaded === undefined ? { file, code: 'TEST_INVALID', problems, hint: testHint } : { ...loaded, file },
      ];
    }),
  );
}

/** What to do about a problem of a test file, where nothing else is known. */
export const testHint = 'The schema plugin-host/plugin-test.schema.json has every key; docs/testing.md explains them.';
