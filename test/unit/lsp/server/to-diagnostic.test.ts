import { describe, expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { offerFixes } from '../../../../src/lsp/server/offer-fixes.ts';
import { toDiagnostic } from '../../../../src/lsp/server/to-diagnostic.ts';

const hint = 'Did you mean python?';
const base = { level: 'warning', code: 'FIELD_UNKNOWN', message: 'unknown key', hint } as const;
const documentOf = (text: string): TextDocument => TextDocument.create('file:///x.yaml', 'yaml', 1, text);

/** What is marked. */
function marked(text: string, place: { line?: number; column?: number; word?: string }): string {
  const document = documentOf(text);
  return document.getText(toDiagnostic({ ...base, ...place }, document).range);
}

describe('a problem', () => {
  test('is shown with its code, its level, its hint, and who says it', () => {
    expect(toDiagnostic({ ...base, line: 1, column: 1 }, documentOf('pyton: x'))).toEqual({
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 5 } },
      severity: 2,
      code: 'FIELD_UNKNOWN',
      source: 'plugin-host',
      message: 'unknown key\nDid you mean python?',
    });
  });

  test.each([
    ['the word at its place', 'a: 1\n  pyton: x\n', { line: 2, column: 3 }, 'pyton'],
    ['a quoted word', '{"a b": 1}', { line: 1, column: 2 }, '"a b"'],
    ['a word behind characters of two units', '"😀😀": pyton', { line: 1, column: 7 }, 'pyton'],
    ['the word that is meant', 'hook: get_x', { line: 1, column: 1, word: 'get_x' }, 'get_x'],
    ['the line, where only that is known', 'a: 1\r\n  b: c  \r\n', { line: 2 }, 'b: c'],
    ['a single character', '{ { }', { line: 1, column: 1 }, '{'],
    ['the first line, where nothing is known', 'a: b\n', {}, 'a: b'],
    ['what comes before the end of a line', 'a: b', { line: 1, column: 5 }, 'b'],
    ['the last line, where the text has become shorter', 'a: b', { line: 9 }, 'a: b'],
    ['nothing in an empty text', '', { line: 1, column: 1 }, ''],
  ])('marks %s', (_what, text, place, expected) => {
    expect(marked(text, place)).toBe(expected);
  });
});

describe('a word that was meant', () => {
  test.each([
    ['pyton: x', 'python: x'],
    ['"pyton": x', '"python": x'],
  ])('can be written: %s', (text, expected) => {
    const document = documentOf(text);
    const [fix] = offerFixes(document, [toDiagnostic({ ...base, line: 1, column: 1 }, document)]);
    const edits = Object.values(fix?.edit?.changes ?? {})[0] ?? [];
    expect(fix?.title).toBe('Change to python');
    expect(TextDocument.applyEdits(document, edits)).toBe(expected);
  });

  test('is not written over a whole line, nor for others', () => {
    const document = documentOf('pyton: x y');
    expect(offerFixes(document, [toDiagnostic({ ...base, line: 1 }, document)])).toEqual([]);
    const other = { ...toDiagnostic({ ...base, line: 1, column: 1 }, document), source: 'yaml' };
    expect(offerFixes(document, [other])).toEqual([]);
    const unknown = toDiagnostic({ ...base, hint: 'Leave it out.', line: 1, column: 1 }, document);
    expect(offerFixes(document, [unknown])).toEqual([]);
  });
});
