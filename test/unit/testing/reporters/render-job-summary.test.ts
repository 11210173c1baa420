import { expect, test } from 'vitest';
import { renderJobSummary } from '../../../../src/testing/reporters/render-job-summary.ts';
import type { TestCase } from '../../../../src/testing/test-report.ts';

const failed = (name: string, detail: string): TestCase => ({
  ...{ name, passed: false, durationMs: 12, failure: { message: 'verdict: <b>', detail, line: 4 } },
});

function render(...cases: TestCase[]): string {
  return renderJobSummary({ durationMs: 1234, suites: [{ name: 'a|b.yaml', file: 'a|b.yaml', cases }] });
}

test('a job summary has a row for each suite, and each failure with its details', () => {
  const passed: TestCase = { name: 'one', passed: true, durationMs: 30 };
  const skipped: TestCase = { name: 'two', passed: false, durationMs: 0, skipped: 'not begun' };
  expect(render(passed, skipped, failed('*three* <i>', 'log\n  ```\u001b[31m'))).toMatchInlineSnapshot(`
    "### ❌ plugin-host: 1 passed, 1 failed, 1 skipped  1.2 s

    | | Suite | Passed | Failed | Skipped | Time |
    |---|---|--:|--:|--:|--:|
    | ❌ | a&#124;b.yaml | 1 | 1 | 1 | 42 ms |

    <details><summary>❌ <b>&#42;three&#42; &#60;i&#62;</b> a&#124;b.yaml:4</summary>

    \`\`\`\`text
    verdict: <b>
    log
      \`\`\`�[31m
    \`\`\`\`

    </details>

    "
  `);
});

test('a job summary says when all is well, in few words', () => {
  expect(render({ name: 'one', passed: true, durationMs: 30 })).toMatchInlineSnapshot(`
    "### ✅ plugin-host: 1 passed  1.2 s

    | | Suite | Passed | Failed | Skipped | Time |
    |---|---|--:|--:|--:|--:|
    | ✅ | a&#124;b.yaml | 1 | 0 | 0 | 30 ms |

    "
  `);
});

test('a job summary of many long failures is one that GitHub takes', () => {
  const many = render(...Array.from({ length: 120 }, (_, n) => failed(`${n}`, 'x'.repeat(100_000))));
  expect(Buffer.byteLength(many)).toBeLessThan(2 ** 20);
  expect(many).toMatch(/\nAnd 70 more\.\n\n$/);
});

test('a job summary has the lines that were counted', () => {
  const file = { file: 'plugin/main.py', lines: 4, covered: 3, percent: 75, missing: [2] };
  const coverage = { lines: 4, covered: 3, percent: 75, files: [file], warnings: [] };
  expect(renderJobSummary({ durationMs: 1, suites: [], coverage })).toContain(
    '| Coverage | Lines | Covered | % |\n|---|--:|--:|--:|\n| plugin/main.py | 4 | 3 | 75 |\n| all files | 4 | 3 | 75 |\n',
  );
});
