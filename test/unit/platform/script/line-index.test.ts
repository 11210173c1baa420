import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineIndex } from '../../../../src/platform/script/line-index.ts';
import { runs } from '../../../thorough.ts';

test('lines and columns count characters from 1', () => {
  const index = new LineIndex('a😀b\r\nc\n\rd');
  const places = [0, 1, 3, 4, 6, 7, 8, 9, 10].map((offset) => index.placeOf(offset));
  expect(places.map(({ line, column }) => `${line}:${column}`)).toEqual([
    '1:1',
    '1:2',
    '1:3',
    '1:4',
    '2:1',
    '2:2',
    '3:1',
    '4:1',
    '4:2',
  ]);
});

test('a place is as far into its line as characters stand before it', () => {
  const texts = fc.string({ unit: fc.constantFrom('a', '\n', '😀', 'é') });
  fc.assert(
    fc.property(texts, fc.nat(40), (text, count) => {
      const before = Array.from(text).slice(0, count).join('');
      const lines = before.split('\n');
      const expected = { line: lines.length, column: Array.from(lines.at(-1) ?? '').length + 1 };
      expect(new LineIndex(text).placeOf(before.length)).toEqual(expected);
    }),
    { numRuns: runs(1000) },
  );
});
