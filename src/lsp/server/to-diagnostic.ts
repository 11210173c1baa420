import type { Diagnostic, Range } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Level } from '../../base/problem.ts';
import type { TextProblem } from '../documents/edited-document.ts';

export const source = 'plugin-host';

/** Of the protocol: 1 error, 2 warning, 3 information. */
const severities: Record<Level, 1 | 2 | 3> = { error: 1, warning: 2, info: 3 };

/** A word as YAML, JSON and KVGroup have them: quoted, or up to what ends it. */
const word = /"(?:\\.|[^"\\\r\n])*"|'[^'\r\n]*'|[^\s:,[\]{}"']+|\S/y;

/** A problem as an editor shows it: the word that is meant, or the whole line where only that is known. */
export function toDiagnostic(problem: TextProblem, document: TextDocument): Diagnostic {
  const { level, code, message, hint } = problem;
  return {
    range: rangeOf(problem, document),
    severity: severities[level],
    code,
    source,
    message: hint === '' || message.includes(hint) ? message : `${message}\n${hint}`,
  };
}

function rangeOf({ line, column, word: meant }: TextProblem, document: TextDocument): Range {
  const row = Math.min((line ?? 1) - 1, document.lineCount - 1);
  const text = lineAt(document, row);
  const start = column === null || column === undefined ? text.search(/\S|$/) : unitsOf(text, column - 1);
  const at = meant === undefined ? -1 : text.indexOf(meant, start);
  if (meant !== undefined && at >= 0) return onLine(row, at, at + meant.length);
  if (column === null || column === undefined) return onLine(row, start, Math.max(start, text.trimEnd().length));
  word.lastIndex = start;
  const [found = ''] = word.exec(text) ?? [];
  return found === '' ? endOfLine(row, text, start) : onLine(row, start, start + found.length);
}

/** Where nothing stands, what stands before it is marked: a range without a character is not seen. */
function endOfLine(row: number, text: string, start: number): Range {
  const end = text.slice(0, start).trimEnd().length;
  return end === 0 ? onLine(row, start, start) : onLine(row, end - 1, start);
}

function onLine(line: number, start: number, end: number): Range {
  return { start: { line, character: start }, end: { line, character: end } };
}

function lineAt(document: TextDocument, line: number): string {
  const end = line + 1 < document.lineCount ? { line: line + 1, character: 0 } : document.positionAt(Infinity);
  const [text = ''] = document.getText({ start: { line, character: 0 }, end }).split(/[\r\n]/, 1);
  return text;
}

/** Units of UTF-16 that so many characters take. */
function unitsOf(text: string, characters: number): number {
  let units = 0;
  for (const each of text) {
    if (characters <= 0) break;
    characters -= 1;
    units += each.length;
  }
  return units;
}
