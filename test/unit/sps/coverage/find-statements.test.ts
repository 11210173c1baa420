import { expect, test } from 'vitest';
import { findStatements } from '../../../../src/sps/coverage/find-statements.ts';

/** What begins at each statement, up to the end of its line. */
function begins(source: string, name = 'main.ts'): string[] | string {
  const found = findStatements(source, name);
  if (typeof found === 'string') return found;
  return found.map(({ line, offset }) => {
    const text = source.slice(offset, source.indexOf('\n', offset));
    expect(source.slice(0, offset).split('\n')).toHaveLength(line);
    return text;
  });
}

test('finds what is run, where the source has it, types before it included', () => {
  const source = `
type Word = 'é😀';
interface None { a: Word }
import { readFileSync } from 'node:fs';
export const one: Word = 'é😀' as Word, two = 2;
export class Plugin {
  kind: string = 'field';
  declared: string;
  hook({ a }: { a: number }): number {
    if (a > 1) return a;
    else {
      for (const each of [a]) console.log(each as number);
    }
    return (() =>
      a)();
  }
}
`;
  expect(begins(source)).toEqual([
    "const one: Word = 'é😀' as Word, two = 2;",
    "kind: string = 'field';",
    'if (a > 1) return a;',
    'return a;',
    'for (const each of [a]) console.log(each as number);',
    'const each of [a]) console.log(each as number);',
    'console.log(each as number);',
    'return (() =>',
    'a)();',
  ]);
});

test('reads a script too, after a byte-order mark and the line of its interpreter', () => {
  expect(begins("#!/usr/bin/env node\nconst fs = require('node:fs');\nreturn fs;\n", 'main.js')).toEqual([
    "const fs = require('node:fs');",
    'return fs;',
  ]);
  expect(findStatements('\uFEFFlet a;', 'main.ts')).toEqual([{ line: 1, offset: 0 }]);
});

test.each(['enum Kind { One }\n', 'const = 1;\n'])('says why it cannot read %j, and nothing else', (source) => {
  expect(begins(source)).toMatch(/./);
});
