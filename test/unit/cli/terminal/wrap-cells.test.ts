import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellsOf, cutCells, wrapCells } from '../../../../src/cli/terminal/wrap-cells.ts';

test.each([
  ['', 0],
  ['plain', 5],
  ['naïve', 5],
  ['nai\u0308ve', 5],
  ['漢字', 4],
  ['한글', 4],
  ['ｶﾅ', 2],
  ['Ａ', 2],
  ['👩‍👩‍👧', 2],
  ['❤️', 2],
  ['…→·█', 4],
  ['a\u200bb', 2],
])('%j takes %i cells', (text, cells) => {
  expect(cellsOf(text)).toBe(cells);
});

test.each([
  ['short', 5, 'short'],
  ['longer', 5, 'long…'],
  ['漢字漢字', 6, '漢字…'],
  ['漢字', 3, '漢…'],
])('%j cut to %i cells is %j', (text, cells, cut) => {
  expect(cutCells(text, cells)).toBe(cut);
});

describe('a wrapped text', () => {
  test.each([
    ['one two three', 8, ['one two', 'three']],
    ['one', 8, ['one']],
    ['', 8, ['']],
    ['  indented text', 10, ['  indented', 'text']],
    ['abcdefghij', 4, ['abcd', 'efgh', 'ij']],
    ['a abcdefgh', 4, ['a ab', 'cdef', 'gh']],
    ['漢字漢字', 5, ['漢字', '漢字']],
  ])('%j at %i cells is %j', (text, cells, lines) => {
    expect(wrapCells(text, cells)).toEqual(lines);
  });

  test('has no line that is too wide and loses nothing but blanks', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.integer({ min: 2, max: 20 }), (text, cells) => {
        const lines = wrapCells(text, cells);
        expect(Math.max(...lines.map(cellsOf))).toBeLessThanOrEqual(cells);
        expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      }),
    );
  });
});
