import path from 'node:path';
import type { Level } from '../../base/problem.ts';
import { renderAnnotation } from '../../testing/reporters/render-annotation.ts';

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

/** One line for each, its file relative to the current folder. */
export function renderAnnotations(problems: readonly FileProblem[], currentFolder: string): string[] {
  return problems.map(({ level, code, message, hint, file, line }) =>
    renderAnnotation({ level, file: relativeTo(currentFolder, file), line, message: `${code}  ${message}\n${hint}` }),
  );
}

const sarifLevels: Record<Level, string> = { error: 'error', warning: 'warning', info: 'note' };

/** For code scanning on GitHub and elsewhere. Source: OASIS, Static Analysis Results Interchange Format 2.1.0. */
export function toSarif(problems: readonly FileProblem[], currentFolder: string): object {
  const results = problems.map(({ level, code, message, hint, file, line, column }) => ({
    ruleId: code,
    level: sarifLevels[level],
    message: { text: `${message}\n${hint}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: toUri(relativeTo(currentFolder, file)) },
          // Code scanning on GitHub takes no result without a line.
          region: { startLine: line ?? 1, ...(typeof column === 'number' && { startColumn: column }) },
        },
      },
    ],
  }));
  const rules = [...new Set(problems.map(({ code }) => code))].map((id) => ({ id }));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver: { name: 'plugin-host', rules } }, columnKind: 'unicodeCodePoints', results }],
  };
}

function relativeTo(currentFolder: string, file: string): string {
  return path.relative(currentFolder, path.resolve(currentFolder, file)) || '.';
}

function toUri(file: string): string {
  return file.split(path.sep).map(encodeURIComponent).join('/');
}
