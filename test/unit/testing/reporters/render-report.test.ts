import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { renderReport } from '../../../../src/testing/reporters/render-report.ts';
import type { TestReport } from '../../../../src/testing/test-report.ts';

const plain = (_style: string, text: string): string => text;

const report: TestReport = {
  durationMs: 1234,
  suites: [
    {
      name: 'vault',
      file: 'tests/vault.plugin-test.yaml',
      cases: [
        { name: 'the root password is found', passed: true, durationMs: 41 },
        {
          name: 'issue #7: a \\ & "b" <c>',
          passed: false,
          durationMs: 12.3,
          failure: { message: 'value: <1> & "2"', detail: '  - expected\n\n+ got \u0007 \ud800', line: 12 },
        },
      ],
    },
    { name: 'empty.yaml', file: 'empty.yaml', cases: [] },
  ],
};

test('pretty shows each case, each failure in full with its place, and the count', () => {
  expect(renderReport('pretty', report, plain)).toMatchInlineSnapshot(`
    "vault  tests/vault.plugin-test.yaml
      ✓ the root password is found  41 ms
      ✗ issue #7: a \\ & "b" <c>  12 ms
    empty.yaml

    FAILED  issue #7: a \\ & "b" <c>  tests/vault.plugin-test.yaml:12
      value: <1> & "2"
        - expected

      + got � �

    1 passed, 1 failed  1.2 s"
  `);
});

test('pretty of a run without failures ends with the count', () => {
  const suites = report.suites.map((suite) => ({ ...suite, cases: suite.cases.filter(({ passed }) => passed) }));
  expect(renderReport('pretty', { ...report, suites }, plain)).toMatch(/\n\n1 passed {2}1\.2 s$/);
});

test('a case that says nothing of its own is skipped in all of them', () => {
  const [suite] = report.suites;
  const cases = [{ name: 'other', passed: false, durationMs: 5, skipped: 'ended before any hook, as #7' }];
  const skipping = {
    ...report,
    suites: [{ name: 'vault', file: 'a.yaml', cases: [...(suite?.cases ?? []), ...cases] }],
  };
  expect(renderReport('pretty', skipping, plain)).toMatch(/\n {2}- other {2}ended before any hook, as #7\n/);
  expect(renderReport('pretty', skipping, plain)).toMatch(/\n1 passed, 1 failed, 1 skipped {2}1\.2 s$/);
  expect(renderReport('tap', skipping, plain)).toContain(
    '\nok 3 - vault > other # SKIP ended before any hook, as \\#7',
  );
  const junit = renderReport('junit', skipping, plain);
  expect(junit).toContain('tests="3" failures="1" errors="0" skipped="1"');
  expect(junit).toContain('time="0.005"><skipped message="ended before any hook, as #7"/></testcase>');
  expect(JSON.parse(renderReport('json', skipping, plain))).toMatchObject({ ok: false, failed: 1, skipped: 1 });
});

test.each<['pretty' | 'tap' | 'junit' | 'json', string]>([
  ['pretty', '  ✓ a  1 ms\n    warning RETURNED_NOTHING  main.py:8: nothing & <none>\n      Return it.\n'],
  ['tap', 'ok 1 - s > a # time=1ms\n# warning RETURNED_NOTHING main.py:8: nothing & <none>'],
  [
    'junit',
    '<system-out>warning RETURNED_NOTHING  main.py:8: nothing &amp; &lt;none&gt;\n  Return it.</system-out>\n    </testcase>',
  ],
  ['json', '"code": "RETURNED_NOTHING",\n'],
])('%s shows the warnings of a case that passed', (name, expected) => {
  const warning = { code: 'RETURNED_NOTHING', message: 'main.py:8: nothing & <none>', hint: 'Return it.', line: 8 };
  const cases = [{ name: 'a', passed: true, durationMs: 1, warnings: [warning] }];
  expect(renderReport(name, { durationMs: 1, suites: [{ name: 's', file: 's', cases }] }, plain)).toContain(expected);
});

describe('TAP', () => {
  const lines = renderReport('tap', report, plain).split('\n');

  test('has version, plan and a numbered point for each case, in which # and \\ are escaped', () => {
    expect(lines.filter((line) => !line.startsWith(' ') && line !== '')).toEqual([
      'TAP version 14',
      '1..2',
      'ok 1 - vault > the root password is found # time=41ms',
      'not ok 2 - vault > issue \\#7: a \\\\ & "b" <c> # time=12ms',
    ]);
  });

  test('has the failure as a YAML block, its lines as they were', () => {
    const start = lines.indexOf('  ---');
    const block = lines.slice(start + 1, lines.indexOf('  ...')).map((line) => line.slice(2));
    expect(parse(block.join('\n'))).toEqual({
      message: 'value: <1> & "2"',
      at: 'tests/vault.plugin-test.yaml:12',
      detail: '  - expected\n\n+ got \ufffd \ufffd',
    });
  });
});

test('JUnit has counts, seconds, the place of a failure, and nothing that XML cannot hold', () => {
  expect(renderReport('junit', report, plain)).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="plugin-host" tests="2" failures="1" errors="0" time="1.234">
      <testsuite name="vault" file="tests/vault.plugin-test.yaml" tests="2" failures="1" errors="0" skipped="0" time="0.053">
        <testcase name="the root password is found" classname="vault" file="tests/vault.plugin-test.yaml" time="0.041"/>
        <testcase name="issue #7: a \\ &amp; &quot;b&quot; &lt;c&gt;" classname="vault" file="tests/vault.plugin-test.yaml" line="12" time="0.012">
          <failure type="failure" message="value: &lt;1&gt; &amp; &quot;2&quot;">tests/vault.plugin-test.yaml:12
    value: &lt;1&gt; &amp; "2"
      - expected

    + got � �</failure>
        </testcase>
      </testsuite>
      <testsuite name="empty.yaml" file="empty.yaml" tests="0" failures="0" errors="0" skipped="0" time="0.000">
      </testsuite>
    </testsuites>"
  `);
});

test('JSON is the report with its counts', () => {
  expect(JSON.parse(renderReport('json', report, plain))).toMatchObject({
    ok: false,
    passed: 1,
    failed: 1,
    durationMs: 1234,
    suites: [{ name: 'vault', file: 'tests/vault.plugin-test.yaml' }, { cases: [] }],
  });
});

test.each(['pretty', 'tap', 'junit', 'json'] as const)('%s writes no name that steers a terminal', (name) => {
  const steering = 'a\u001b[31m\u0007\u009b1m\r\u2028b';
  const failure = { message: steering, detail: steering, line: 1 };
  const cases = [
    { name: steering, passed: true, durationMs: 1 },
    { name: steering, passed: false, durationMs: 1, failure },
  ];
  const suites = [{ name: steering, file: `${steering}.yaml`, cases }];
  const text = renderReport(name, { durationMs: 1, suites }, plain);
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]/);
});
