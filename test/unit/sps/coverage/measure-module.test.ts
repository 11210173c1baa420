import { expect, test } from 'vitest';
import { countLines } from '../../../../src/sps/coverage/measure-module.ts';

const statements = [
  { line: 1, offset: 0 },
  { line: 2, offset: 20 },
  { line: 2, offset: 30 },
  { line: 3, offset: 40 },
];

function script(...ranges: [number, number, number][]) {
  const counted = ranges.map(([startOffset, endOffset, count]) => ({ startOffset, endOffset, count }));
  return { url: 'file:///main.ts', functions: counted.map((range) => ({ ranges: [range] })) };
}

test('a line is run when one of its statements is, by the innermost range, in any process', () => {
  const scripts = [script([0, 50, 1], [15, 45, 0], [25, 35, 2]), script([0, 50, 1], [15, 50, 0])];
  expect(countLines(statements, scripts)).toEqual({ lines: [1, 2, 3], covered: new Set([1, 2]) });
});

test('of two ranges of the same place the later counts, and without a process nothing is run', () => {
  expect(countLines(statements, [script([0, 50, 1], [0, 50, 0])]).covered).toEqual(new Set());
  expect(countLines(statements, [])).toEqual({ lines: [1, 2, 3], covered: new Set() });
});
