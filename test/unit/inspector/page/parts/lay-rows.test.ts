import { expect, test } from 'vitest';
import { layRows, rowAt } from '../../../../../src/inspector/page/parts/lay-rows.ts';

test('rows stand below each other, with a gap before some', () => {
  const layout = layRows(5, 34, [1, 3], 22);
  expect([0, 1, 2, 3, 4, 5].map(layout.topOf)).toEqual([0, 56, 90, 146, 180, 214]);
});

test.each([
  [-5, 0],
  [0, 0],
  [55, 0],
  [56, 1],
  [1000, 4],
])('at %i stands row %i', (y, row) => {
  expect(rowAt(layRows(5, 34, [1, 3], 22), y)).toBe(row);
});

test('without rows, the first one would be anywhere', () => {
  expect(rowAt(layRows(0, 34), 100)).toBe(0);
});
