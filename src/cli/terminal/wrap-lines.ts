import { stripVTControlCharacters } from 'node:util';
import { cellsOf } from './wrap-cells.ts';

/** A line of JSON, or that is a command, is copied as it is. */
const data = /^\s*(?:[[{"]|(?:kept: |npx )?plugin-host (?:[\w.]+ )+-)/;

/** A word, and the blanks before it. */
type Word = [blanks: string, text: string];

/**
 * Lines that are longer are broken between words; what goes on stands at the indentation of the line, or of the next one if that is deeper. Lines of JSON,
 * commands and words that are too long stay whole. Colours take no cells.
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

/** One line, and what goes on after this indentation. */
export function wrapLine(line: string, columns: number, indent: string): string {
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

/** What stands between backquotes is to be pasted: one word, if it fits into a line. */
function wordsOf(line: string, most: number): Word[] {
  const words: Word[] = [];
  const open: Word[] = [];
  for (const word of splitWords(line)) {
    const hasMark = word[1].split('`').length % 2 === 0;
    if (open.length === 0 && !hasMark) words.push(word);
    else open.push(word);
    if (open.length > 1 && hasMark) words.push(...joinWords(open.splice(0), most));
  }
  return [...words, ...open];
}

function joinWords(words: Word[], most: number): Word[] {
  const [[before, first] = ['', ''], ...others] = words;
  const joined = [first, ...others.flat()].join('');
  return cellsOf(stripVTControlCharacters(joined)) <= most ? [[before, joined]] : words;
}

function splitWords(line: string): Word[] {
  const words: Word[] = [];
  let blanks = '';
  line.split(' ').forEach((text, index) => {
    if (index > 0) blanks += ' ';
    if (text === '') return;
    words.push([blanks, text]);
    blanks = '';
  });
  return words;
}
