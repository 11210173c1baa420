import { expect, test } from 'vitest';
import { type MeasuredFile, toCoverageReport } from '../../../../src/testing/coverage-report.ts';
import { renderCoverage } from '../../../../src/testing/reporters/render-coverage.ts';
import { renderLcov } from '../../../../src/testing/reporters/render-lcov.ts';

const plain = (_style: string, text: string): string => text;

const files: MeasuredFile[] = [
  { file: 'plugin/main.py', lines: [1, 2, 3, 5, 6, 9], covered: new Set([1, 2, 4, 9]) },
  { file: 'plugin/all.py', lines: [1], covered: new Set([1]) },
  { file: 'plugin/none.py', lines: [], covered: new Set() },
];

test('the table has each file and all of them, with the lines that were not run', () => {
  expect(renderCoverage(toCoverageReport(files, ['lines are not counted\n  install']), plain)).toMatchInlineSnapshot(`
    "coverage        lines  covered        %  missing
    plugin/main.py      6        3       50  3, 5-6
    plugin/all.py       1        1      100
    plugin/none.py      0        0      100
    all files           7        4     57.1
    warning  lines are not counted
      install"
  `);
});

test('only all is a hundred per cent', () => {
  const lines = Array.from({ length: 2000 }, (_, index) => index + 1);
  const { percent } = toCoverageReport([{ file: 'main.py', lines, covered: new Set(lines.slice(1)) }], []);
  expect(percent).toBe(99.9);
});

test('of many ranges the first are shown', () => {
  const lines = Array.from({ length: 40 }, (_, index) => index + 1);
  const covered = new Set(lines.filter((line) => line % 2 === 0));
  expect(renderCoverage(toCoverageReport([{ file: 'main.py', lines, covered }], []), plain)).toMatch(/ 23, … 8 more$/);
});

test('LCOV has each line, and its sums', () => {
  expect(renderLcov(files.slice(0, 2))).toMatchInlineSnapshot(`
    "TN:
    SF:plugin/main.py
    DA:1,1
    DA:2,1
    DA:3,0
    DA:5,0
    DA:6,0
    DA:9,1
    LF:6
    LH:3
    end_of_record
    TN:
    SF:plugin/all.py
    DA:1,1
    LF:1
    LH:1
    end_of_record
    "
  `);
});
