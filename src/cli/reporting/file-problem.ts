import path from 'node:path';
import type { Level } from '../../base/problem.ts';

/** A problem with its file, absolute or as the current folder knows it. */
export interface FileProblem {
  level: Level;
  code: string;
  message: string;
  hint: string;
  file: string;
  line?: number | null | undefined;
  column?: number | null | undefined;
}

/** As annotations and SARIF name a file. */
export function relativeTo(currentFolder: string, file: string): string {
  return path.relative(currentFolder, path.resolve(currentFolder, file)) || '.';
}
