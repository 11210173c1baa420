import path from 'node:path';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { renderPlaced, toProblems } from '../../documents/read-yaml-file.ts';
import { type LoadedTestFile, readTestFile } from './read-test-file.ts';

/** Reports all problems of all files at once. @throws PluginHostError FILE_NOT_FOUND, TEST_INVALID */
export function readTestFiles(files: readonly string[], currentFolder: string): LoadedTestFile[] {
  const read = files.map((file) => ({ file, ...readTestFile(path.resolve(currentFolder, file)) }));
  if (read.every(({ problems }) => problems.length === 0)) {
    return read.flatMap(({ file, loaded }) => (loaded === undefined ? [] : [{ ...loaded, file }]));
  }
  const lines = read.flatMap(({ file, problems }) => renderPlaced(file, problems));
  throw new PluginHostError('TEST_INVALID', lines.join('\n'), {
    hint: testHint,
    problems: read.flatMap(({ file, problems }) => toProblems('TEST_INVALID', file, problems, testHint)),
  });
}

/** What to do about a problem of a test file, where nothing else is known. */
export const testHint = 'The schema plugin-host/plugin-test.schema.json has every key; docs/testing.md explains them.';
