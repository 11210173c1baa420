import { expect, test } from 'vitest';
import { renderCombinations } from '../../../../src/testing/reporters/render-combinations.ts';
import type { TestCase } from '../../../../src/testing/test-report.ts';

const paint = (_style: string, text: string): string => text;

function combined(name: string, sdk: string, python: string, more: Partial<TestCase> = {}): TestCase {
  return { name, line: 3, passed: true, durationMs: 1, combination: { sdk, python }, ...more };
}

test('cases are shown with a column for each combination', () => {
  const failure = { message: 'no', detail: '' };
  const report = {
    durationMs: 1,
    suites: [
      {
        name: 'a.plugin-test.yaml',
        file: 'a.plugin-test.yaml',
        cases: [
          combined('a user is let in', '1.8.4', '3.11'),
          combined('a user is let in', '1.9.1', '3.11', { passed: false, failure }),
          combined('denied', '1.8.4', '3.11', { passed: false, skipped: 'why' }),
          combined('denied', '1.9.1', '3.11'),
        ],
      },
      { name: 'b', file: 'b.plugin-test.yaml', cases: [{ name: 'alone', passed: true, durationMs: 1 }] },
    ],
  };
  expect(renderCombinations(report, paint)).toBe(
    [
      '               sdk  1.8.4  1.9.1',
      '            python  3.11   3.11',
      'a.plugin-test.yaml',
      '  a user is let in  ✓      ✗',
      '  denied            -      ✓',
    ].join('\n'),
  );
});

test('there is no table where no case has a combination', () => {
  expect(renderCombinations({ durationMs: 1, suites: [] }, paint)).toBe('');
});
