import { expect, test } from 'vitest';
import { openReports } from '../../../../src/cli/reporting/open-reports.ts';
import type { Terminal } from '../../../../src/cli/terminal/create-terminal.ts';
import type { TestCase } from '../../../../src/testing/test-report.ts';

test('a terminal shows which case is awaited until the last has ended', () => {
  const seen: string[] = [];
  const terminal = {
    paint: (_style, text) => text,
    show: (text) => seen.push(text.trim()),
    progress: (label) => {
      seen.push(`begin ${label}`);
      return () => {
        seen.push(`end ${label}`);
      };
    },
  } as Partial<Terminal> as Terminal;
  const reports = openReports([{ name: 'pretty', file: undefined }], {
    ...{ terminal, slowest: undefined, currentFolder: '/', environment: {} },
  });
  const cases = ['one', 'two'].map((name): TestCase => ({ name, passed: true, durationMs: 1 }));
  const suite = { name: 'a.yaml', file: 'a.yaml', cases };
  reports.begin(['one', 'two']);
  for (const each of cases) reports.add(suite, each);
  reports.end({ suites: [suite], durationMs: 2 });
  expect(seen).toEqual([
    'begin 1 of 2  one',
    'a.yaml',
    '✓ one  1 ms',
    'end 1 of 2  one',
    'begin 2 of 2  two',
    '✓ two  1 ms',
    'end 2 of 2  two',
    '2 passed  2 ms',
  ]);
});
