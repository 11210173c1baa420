import path from 'node:path';
import type { RefusalCode } from '../base/code.ts';
import { PluginHostError } from '../base/plugin-host-error.ts';
import type { PlacedFault } from '../documents/read-placed-text.ts';
import { renderPlaced, toProblems } from '../documents/read-yaml-file.ts';
import { composeFailure } from './compose-failure.ts';
import type { PlannedSuite } from './test-source.ts';

/** A file of tests that is not valid. */
export interface InvalidFile {
  /** As a message names it. */
  file: string;
  code: RefusalCode;
  problems: readonly PlacedFault[];
  /** Of problems that have none of their own. */
  hint: string;
}

/** One case that fails with all problems of the file, so that the other files are run and every reporter is told. */
export function planInvalidFile(
  invalid: InvalidFile,
  suite: Pick<PlannedSuite, 'name' | 'file'> = { name: invalid.file, file: invalid.file },
): PlannedSuite {
  const name = suite.file === invalid.file ? 'the file is valid' : `${path.basename(invalid.file)} is valid`;
  const { message, hint, problems: [first] = [] } = refuse([invalid], invalid.code);
  const place = { ...(suite.file !== invalid.file && { file: invalid.file }), line: first?.line ?? 1 };
  const failure = composeFailure({ mismatches: [`${invalid.code}: ${message}`], below: [hint], place });
  const ran = { name, passed: false, durationMs: 0, failure };
  return { ...suite, cases: [{ name, ...place, isFile: true, run: async () => Promise.resolve(ran) }] };
}

/** One error with all problems of all files; undefined without files. */
export function refuseFiles(files: readonly InvalidFile[]): PluginHostError | undefined {
  const [first] = files;
  return first && refuse(files, first.code);
}

function refuse(files: readonly InvalidFile[], code: RefusalCode): PluginHostError {
  const lines = files.flatMap(({ file, problems }) => renderPlaced(file, problems));
  const hints = files.flatMap(({ problems, hint }) => problems.map((each) => each.hint ?? hint));
  return new PluginHostError(code, lines.join('\n'), {
    hint: [...new Set(hints)].join('\n'),
    problems: files.flatMap((each) => toProblems(each.code, each.file, each.problems, each.hint)),
  });
}
