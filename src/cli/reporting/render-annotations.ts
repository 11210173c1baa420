import { renderAnnotation } from '../../testing/reporters/render-annotation.ts';
import { type FileProblem, relativeTo } from './file-problem.ts';

/** One line for each, its file relative to the current folder. */
export function renderAnnotations(problems: readonly FileProblem[], currentFolder: string): string[] {
  return problems.map(({ level, code, message, hint, file, line }) =>
    renderAnnotation({ level, file: relativeTo(currentFolder, file), line, message: `${code}  ${message}\n${hint}` }),
  );
}
