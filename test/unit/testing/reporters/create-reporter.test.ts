import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { createReporter, type ReporterName, reporterNames } from '../../../../src/testing/reporters/create-reporter.ts';
import { countCases, type TestReport } from '../../../../src/testing/test-report.ts';

/** What a reporter has written when the run that came to this report has ended. */
function play(name: ReporterName, report: TestReport, slowest?: number): string {
  const written: string[] = [];
  const reporter = createReporter(name, {
    write: (text) => written.push(text),
    paint: (_style, text) => text,
    slowest,
    currentFolder: '/checkout',
  });
  const { passed, failed, skipped = 0 } = countCases(report.suites);
  reporter.begin?.(passed + failed + skipped);
  for (const suite of report.suites) for (const each of suite.cases) reporter.add?.(suite, each);
  reporter.end(report);
  return written.join('\n');
}

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
  expect(play('pretty', report)).toMatchInlineSnapshot(`
    "vault  tests/vault.plugin-test.yaml
      ✓ the root password is found  41 ms
      ✗ issue #7: a \\ & "b" <c>  12 ms

    FAILED  issue #7: a \\ & "b" <c>  tests/vault.plugin-test.yaml:12
      value: <1> & "2"
        - expected

      + got � �

    1 passed, 1 failed  1.2 s"
  `);
});

test('pretty of a run without failures ends with the count', () => {
  const suites = report.suites.map((suite) => ({ ...suite, cases: suite.cases.filter(({ passed }) => passed) }));
  expect(play('pretty', { ...report, suites })).toMatch(/\n\n1 passed {2}1\.2 s$/);
});

test('a case that says nothing of its own is skipped in all of them', () => {
  const [suite] = report.suites;
  const cases = [
    { name: 'other', passed: false, durationMs: 5, skipped: 'not run: the plugin cannot be imported, as #7' },
  ];
  const skipping = {
    ...report,
    suites: [{ name: 'vault', file: 'a.yaml', cases: [...(suite?.cases ?? []), ...cases] }],
  };
  expect(play('pretty', skipping)).toMatch(/\n {2}- other {2}not run: the plugin cannot be imported, as #7\n/);
  expect(play('pretty', skipping)).toMatch(/\n1 passed, 1 failed, 1 skipped {2}1\.2 s$/);
  expect(play('tap', skipping)).toContain(
    '\nok 3 - vault > other # SKIP not run: the plugin cannot be imported, as \\#7',
  );
  const junit = play('junit', skipping);
  expect(junit).toContain('tests="3" failures="1" errors="0" skipped="1"');
  expect(junit).toContain('time="0.005"><skipped message="not run: the plugin cannot be imported, as #7"/></testcase>');
  expect(JSON.parse(play('json', skipping))).toMatchObject({ ok: false, failed: 1, skipped: 1 });
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
  expect(play(name, { durationMs: 1, suites: [{ name: 's', file: 's', cases }] })).toContain(expected);
});

describe('TAP', () => {
  const lines = play('tap', report).split('\n');

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
  expect(play('junit', report)).toMatchInlineSnapshot(`
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

const told: TestReport = {
  durationMs: 2500,
  suites: [
    {
      name: 'plugins/otp/a.yaml',
      file: 'plugins/otp/a.yaml',
      subject: 'plugins/otp',
      cases: [
        {
          name: 'denied, 100%: yes',
          line: 4,
          passed: false,
          durationMs: 3,
          failure: { message: 'verdict: a, b', detail: 'log\n  100%\r\u001b[31m', line: 7 },
        },
        { name: 'nowhere', line: 9, passed: false, durationMs: 1500, failure: { message: 'it raised', detail: '' } },
        {
          name: 'elsewhere',
          line: 11,
          passed: false,
          durationMs: 1,
          failure: { message: 'no such file', detail: '', file: '/else/x.json' },
        },
        { name: 'left out', line: 12, passed: false, durationMs: 9000, skipped: 'not begun after the first failure' },
        {
          name: 'doubtful',
          line: 13,
          combination: { sdk: '1.8.4' },
          passed: true,
          durationMs: 40,
          warnings: [
            { code: 'RETURNED_NOTHING', message: 'main.py:8: nothing', hint: 'Return it.', file: 'main.py', line: 8 },
            { code: 'SDK_HOOK_MISSING', message: 'no hook', hint: 'Rename it.' },
          ],
        },
      ],
    },
  ],
};

test('GitHub gets an error for each failure and a warning for each doubt, at its line, escaped', () => {
  expect(play('github', told).split('\n')).toEqual([
    '::error file=plugins/otp/a.yaml,line=7,title=denied%2C 100%25%3A yes::verdict: a, b%0Alog%0A  100%25��[31m',
    '::error file=plugins/otp/a.yaml,line=9,title=nowhere::it raised',
    '::error file=../else/x.json,title=elsewhere::no such file',
    '::warning file=plugins/otp/main.py,line=8,title=RETURNED_NOTHING::main.py:8: nothing%0AReturn it.',
    '::warning file=plugins/otp/a.yaml,line=13,title=SDK_HOOK_MISSING::no hook%0ARename it.',
  ]);
});

test('GitHub shows a doubt about a packed plugin at its ZIP', () => {
  const packed = told.suites.map((suite) => ({ ...suite, subject: 'dist/otp.zip', cases: suite.cases.slice(-1) }));
  expect(play('github', { ...told, suites: packed })).toMatch(
    /^::warning file=dist\/otp\.zip,title=RETURNED_NOTHING::/,
  );
});

test('JSON lines are a document for each case, then one for the run', () => {
  const lines = play('jsonl', told).split('\n');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    ...(told.suites[0]?.cases ?? []).map((each) => ({
      event: 'case',
      suite: 'plugins/otp/a.yaml',
      file: 'plugins/otp/a.yaml',
      ...each,
    })),
    { event: 'end', ok: false, passed: 1, failed: 3, skipped: 1, durationMs: 2500 },
  ]);
});

test('pretty ends with the slowest cases, the longest first, without what was not run; JSON has the same', () => {
  expect(play('pretty', told, 2)).toMatch(
    /\nslowest\n {5}1\.5 s {2}nowhere {2}plugins\/otp\/a\.yaml:9\n {5}40 ms {2}doubtful \[sdk 1\.8\.4\] {2}plugins\/otp\/a\.yaml:13$/,
  );
  expect(JSON.parse(play('json', told, 1))).toMatchObject({
    slowest: [{ name: 'nowhere', file: 'plugins/otp/a.yaml', line: 9, durationMs: 1500 }],
  });
});

test('the same case with another combination has another name', () => {
  const title = 'doubtful [sdk 1.8.4]';
  for (const name of ['pretty', 'tap', 'junit'] as const) expect(play(name, told)).toContain(title);
  expect(JSON.parse(play('json', told))).toMatchObject({
    suites: [{ cases: [{}, {}, {}, {}, { name: 'doubtful', combination: { sdk: '1.8.4' } }] }],
  });
});

test('a run that was given up shows the failures so far to people, and ends TAP', () => {
  const giveUp = (name: ReporterName): string => {
    const written: string[] = [];
    const options = { paint: (_style: string, text: string) => text, slowest: undefined, currentFolder: '/checkout' };
    const reporter = createReporter(name, { ...options, write: (text) => written.push(text) });
    for (const each of told.suites[0]?.cases.slice(0, 2) ?? []) reporter.add?.({ name: 'a', file: 'a.yaml' }, each);
    reporter.giveUp?.();
    return written.join('\n');
  };
  expect(giveUp('pretty')).toMatch(
    /✗ nowhere.*\n\nFAILED {2}denied.*\n(?:.*\n)+\nFAILED {2}nowhere {2}a\.yaml\n {2}it raised$/,
  );
  expect(giveUp('tap')).toMatch(/\nBail out!$/);
  expect(giveUp('junit')).toBe('');
});

test('JSON is the report with its counts', () => {
  expect(JSON.parse(play('json', report))).toMatchObject({
    ok: false,
    passed: 1,
    failed: 1,
    durationMs: 1234,
    suites: [{ name: 'vault', file: 'tests/vault.plugin-test.yaml' }, { cases: [] }],
  });
});

test.each(reporterNames)('%s writes no name that steers a terminal', (name) => {
  const steering = 'a\u001b[31m\u0007\u009b1m\r\u2028b';
  const failure = { message: steering, detail: steering, line: 1 };
  const cases = [
    { name: steering, passed: true, durationMs: 1 },
    { name: steering, passed: false, durationMs: 1, failure },
  ];
  const suites = [{ name: steering, file: `${steering}.yaml`, cases }];
  const text = play(name, { durationMs: 1, suites });
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]/);
});
