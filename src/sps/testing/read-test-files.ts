import path from 'node:path';
import { type FileProblem, PluginHostError } from '../../errors.ts';
import type { PlacedProblem } from '../../settings/read-yaml-file.ts';
import { type LoadedTestFile, readTestFile } from './read-test-file.ts';

/** All that is wrong with all of the files is told at once. @throws PluginHostError FILE_NOT_FOUND, TEST_INVALID */
export function readTestFiles(files: readonly string[], currentFolder: string): LoadedTestFile[] {
  const read = files.map((file) => ({ file, ...readTestFile(path.resolve(currentFolder, file)) }));
  const problems = read.flatMap(({ file, problems: ofFile }) => toFileProblems(file, ofFile));
  if (problems.length === 0) {
    return read.flatMap(({ file, loaded }) => (loaded === undefined ? [] : [{ ...loaded, file }]));
  }
  const lines = problems.map(({ file, line, column, message }) => `${file}:${line}:${column}: ${message}`);
  throw new PluginHostError('TEST_INVALID', lines.join('\n'), { hint: advice, problems });
}

const advice = 'The schema plugin-host/plugin-test.schema.json has every key; docs/testing.md explains them.';

function toFileProblems(file: string, problems: readonly PlacedProblem[]): FileProblem[] {
  return problems
    .toSorted((one, other) => one.line - other.line || one.column - other.column)
    .map((problem) => ({ level: 'error', code: 'TEST_INVALID', hint: advice, file, ...problem }));
}
