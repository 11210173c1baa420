import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openTests } from '../../src/sps/testing/open-tests.ts';
import type { MeasuredFile } from '../../src/testing/coverage-report.ts';
import { runTests } from '../../src/testing/run-tests.ts';
import type { TestReport } from '../../src/testing/test-report.ts';
import { configure, type Language, makeFolder, python, runCommand, runHost, toldBy, waitForFile } from './fixture.ts';
import { untilTimeIsUp } from './held-clock.ts';
import { pythonWith } from './python-with.ts';

const { isWanted, find: counting } = pythonWith({
  package: 'coverage',
  name: 'coverage.py',
  variable: 'PLUGIN_HOST_COVERAGE_PYTHON',
  title: 'the lines of Python plugins',
});

interface Case {
  name: string;
  hook: string;
  kwargs: Record<string, unknown>;
  expect: Record<string, unknown>;
}

function toCase(way: string, expectation: Record<string, unknown>): Case {
  return { name: way, hook: 'get_password_list', kwargs: { server_username: way }, expect: expectation };
}

/** Writes tests beside a copy of the plugin; the last may hang. */
function writeTests(language: Language, cases: readonly Case[]): { file: string; plugin: string; here: string } {
  const here = path.join(makeFolder(), 'here');
  const plugin = configure('is-counted', language, toldBy(here));
  const file = path.join(makeFolder(), 'counted.plugin-test.yaml');
  writeFileSync(file, JSON.stringify({ plugin, cases }));
  return { file, plugin, here };
}

interface Counted {
  report: TestReport;
  files: readonly MeasuredFile[];
  plugin: string;
}

/** One case after the other; the time of the last is up once it hangs. */
async function count(language: Language, cases: readonly Case[], isCold = true): Promise<Counted> {
  const { file, plugin, here } = writeTests(language, cases);
  let files: readonly MeasuredFile[] = [];
  const source = await openTests([file], {
    host: {
      currentFolder: plugin,
      environment: process.env,
      python: counting() ?? python,
      isCold,
      stateDir: makeFolder(),
    },
    showSecrets: false,
    repeatOptions: () => [],
    hardSignal: new AbortController().signal,
    renderSession: () => '',
    onSkipped: () => undefined,
    coverage: { onMeasured: (measured) => (files = measured) },
  });
  const { result: report } = await untilTimeIsUp(
    () => runTests(source, { jobs: 1, signal: new AbortController().signal }),
    () => waitForFile(here),
  );
  return { report, files, plugin };
}

const ends = {
  exits: { outcome: 'crashed', problems: { any: true } },
  dies: { outcome: 'crashed', problems: { any: true } },
  hangs: { outcome: 'timed-out' },
};

/** The lines that were not run, by file. */
function missingOf({ coverage }: TestReport): Record<string, number[]> {
  return Object.fromEntries(coverage?.files.map(({ file, missing }) => [file, missing]) ?? []);
}

function lineOf(file: string, text: string): number {
  return (
    readFileSync(file, 'utf8')
      .split('\n')
      .findIndex((line) => line.includes(text)) + 1
  );
}

describe('a typescript plugin', () => {
  test('has each line counted that any of its processes reached, however that ended, in the source as written', async () => {
    const cases = [
      toCase('returns', {}),
      toCase('forks', { value: null }),
      ...Object.entries(ends).map(([way, each]) => toCase(way, each)),
    ];
    const { report, files, plugin } = await count('typescript', cases);
    expect(report.suites[0]?.cases.filter(({ passed }) => !passed)).toEqual([]);
    const forms = path.join(plugin, 'forms.ts');
    expect(missingOf(report)).toEqual({
      'child.ts': [],
      'forms.ts': ["found.push('seven')", 'found.push(each.runs)', "found.push('never')", '  text;'].map((text) =>
        lineOf(forms, text),
      ),
      'main.ts': [lineOf(path.join(plugin, 'main.ts'), 'return null')],
    });
    expect(files.find(({ file }) => file === 'forms.ts')?.lines).toEqual([
      5, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 22, 24, 25, 29, 30,
    ]);
  });
});

/** What coverage.py itself finds of the forms, in one process. */
function countForms(plugin: string): { missing_lines: number[]; executed_lines: number[] } {
  const [data, report] = ['data', 'report.json'].map((name) => path.join(makeFolder(), name)) as [string, string];
  const run = (...args: string[]): unknown =>
    execFileSync(counting() ?? '', ['-B', '-m', 'coverage', ...args], {
      cwd: plugin,
      stdio: 'pipe',
      env: { COVERAGE_FILE: data },
    });
  writeFileSync(
    `${data}.py`,
    `import sys; sys.path.insert(0, ${JSON.stringify(plugin)})\nimport forms; forms.run(2); forms.in_thread()\n`,
  );
  run('run', '--include', 'forms.py', `${data}.py`);
  run('json', '-o', report);
  const { files } = JSON.parse(readFileSync(report, 'utf8')) as {
    files: Record<string, ReturnType<typeof countForms>>;
  };
  return files['forms.py'] ?? { missing_lines: [], executed_lines: [] };
}

describe.runIf(isWanted)('a python plugin', () => {
  test.each([
    ['cold', true],
    ['forked', false],
  ])('has each line counted that any of its %s processes reached, however that ended', async (_how, isCold) => {
    const ways = ['threads', 'forks'].map((way) => toCase(way, { value: null }));
    const cases = [toCase('returns', {}), ...ways, ...Object.entries(ends).map(([way, each]) => toCase(way, each))];
    const { report, plugin } = await count('python', isCold ? cases : cases.slice(0, -1), isCold);
    expect(report.suites[0]?.cases.filter(({ passed }) => !passed)).toEqual([]);
    expect(report.coverage?.warnings).toEqual([]);
    const { 'main.py': main = [], 'forms.py': forms = [] } = missingOf(report);
    const unreached = [
      ...['raise ValueError("interrupted")', 'names = ', '"names": names', ...(isCold ? [] : ['HERE', 'signal.pause'])],
      ...['signal.signal(', 'signal.setitimer', 'while True', '    pass', 'return None'],
    ];
    expect(main).toEqual(unreached.map((text) => lineOf(path.join(plugin, 'main.py'), text)));
    expect([...forms, lineOf(path.join(plugin, 'forms.py'), 'os._exit')]).toEqual(countForms(plugin).missing_lines);
  });

  test('that raises in a handler of a signal has none of our frames in its traceback', async () => {
    const { report } = await count('python', [toCase('interrupts', { outcome: 'returned' })]);
    const [failed] = report.suites[0]?.cases ?? [];
    expect(failed?.failure?.detail).toContain('ValueError: interrupted');
    expect(failed?.failure?.detail).not.toContain('python-coverage');
  });

  test('finds nothing of it: no module, file, variable or thread more', async () => {
    const { plugin } = writeTests('python', []);
    const options = ['--python', counting() ?? '', '--cold'];
    const { json } = await runHost(
      'invoke',
      'get_password_list',
      '-p',
      plugin,
      '--set',
      'server_username=tells',
      ...options,
    );
    if (json.outcome.kind !== 'returned') throw new Error(json.outcome.kind);
    const value = { equals: json.outcome.value };
    const file = path.join(makeFolder(), 'tells.plugin-test.yaml');
    writeFileSync(file, JSON.stringify({ plugin, cases: [toCase('tells', { value })] }));
    const { stdout } = await runHost('test', file, '--coverage', ...options);
    expect(JSON.parse(stdout)).toMatchObject({
      passed: 1,
      coverage: { files: [{ file: expect.any(String) as string }, {}] },
    });
  });
});

test('without coverage.py the tests run all the same, and the line that installs it is told', async () => {
  const folder = makeFolder();
  execFileSync(python, ['-m', 'venv', '--without-pip', folder]);
  const interpreter = path.join(folder, 'bin/python');
  const { file, plugin } = writeTests('python', [toCase('returns', {})]);
  const { exitCode, json } = await runHost<TestReport>(
    'test',
    file,
    `--coverage=${folder}/lcov.info`,
    '--python',
    interpreter,
    '--cold',
  );
  expect(existsSync(path.join(folder, 'lcov.info'))).toBe(false);
  expect({ exitCode, coverage: json.coverage }).toEqual({
    exitCode: 0,
    coverage: {
      ...{ lines: 0, covered: 0, percent: 100, files: [] },
      warnings: [
        expect.stringMatching(`has no coverage.py\n  plugin-host python install --with-coverage -p ${plugin}$`),
      ],
    },
  });
});

test.each([
  [['platform', 'test', '--coverage'], "unknown option '--coverage'"],
  [['test', '--coverage', '--debug'], '--coverage counts lines, and so does a debugger'],
  [
    ['test', '--coverage=lcov.info', '--watch'],
    '--coverage=FILE writes a file, and --watch runs again for each that changes',
  ],
])('%j is refused', async (args, message) => {
  const { exitCode, stderr } = await runCommand(args);
  expect({ exitCode, message: stderr.split('\n')[0] }).toEqual({ exitCode: 2, message: `USAGE  ${message}` });
});
