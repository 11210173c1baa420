import path from 'node:path';
import type { Level } from '../../base/problem.ts';
import { type FileProblem, relativeTo } from './file-problem.ts';

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

function toUri(file: string): string {
  return file.split(path.sep).map(encodeURIComponent).join('/');
}
