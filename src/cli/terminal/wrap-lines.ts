import { stripVTControlCharacters } from 'node:util';
import { cellsOf } from './wrap-cells.ts';

/** A line of JSON is copied as it is. */
const data = /^\s*[[{"]/;

/** A word with the blanks before it. What stands between backquotes is to be pasted, and so is one word. */
const words = /(\s*)((?:[^\s`]|`[^`]*`)+|\S+)/g;

/**
 * Lines that are longer are broken between words; what goes on stands at the indentation of the line, or of the next one if that is deeper. Lines of JSON
 * and words that are too long stay whole. Colours take no cells.
 */
export function wrapLines(text: string, columns: number): string {
  const lines = text.split('\n');
  return lines
    .map((line, index) => {
      const plain = stripVTControlCharacters(line);
      if (cellsOf(plain) <= columns || data.test(plain)) return line;
      return wrapLine(line, columns, hangingIndent(plain, stripVTControlCharacters(lines[index + 1] ?? ''), columns));
    })
    .join('\n');
}

function hangingIndent(line: string, next: string, columns: number): string {
  const [own, below] = [blanksBefore(line), data.test(next) ? 0 : blanksBefore(next)];
  return ' '.repeat(Math.min(below > own ? below : own || 2, Math.floor(columns / 3)));
}

function blanksBefore(line: string): number {
  return line.trim() === '' ? 0 : line.length - line.trimStart().length;
}

function wrapLine(line: string, columns: number, indent: string): string {
  const lines: string[] = [];
  let [current, used] = ['', 0];
  for (const [blanks, word] of wordsOf(line, columns - indent.length)) {
    const cells = cellsOf(stripVTControlCharacters(word));
    if (used > 0 && used + blanks.length + cells > columns) {
      lines.push(current);
      [current, used] = [indent + word, indent.length + cells];
    } else {
      [current, used] = [current + blanks + word, used + blanks.length + cells];
    }
  }
  return [...lines, current].join('\n');
}

/** What is to be pasted and fits into no line is broken like everything else. */
function wordsOf(line: string, most: number): [blanks: string, word: string][] {
  return [...line.matchAll(words)].flatMap(([whole, blanks = '', word = '']): [string, string][] =>
    cellsOf(stripVTControlCharacters(word)) <= most
      ? [[blanks, word]]
      : Array.from(whole.matchAll(/(\s*)(\S+)/g), ([, before = '', part = '']) => [before, part]),
  );
}
