import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { TestList } from '../../src/testing/list-tests.ts';
import type { JsonReport } from '../../src/testing/reporters/json-report.ts';
import { makeFolder, python, runCommand, runHost, startHost, waitForFile, waitUntil } from './fixture.ts';

const samples = path.resolve(import.meta.dirname, '../../sample-plugins');

/** What it does depends on the name of its test: that of a failing one begins with `bad`. */
const plugin = [
  'import os, re, sys, time',
  'name = re.search(r\'"id" = "([^"]*)"\', sys.stdin.read()).group(1)',
  'here = os.path.dirname(os.path.abspath(__file__))',
  'open(os.path.join(here, "began-" + name), "w").close()',
  'while name.endswith("waits") and not os.path.exists(os.path.join(here, "go")): time.sleep(0.005)',
  'print(\'"" "" = { "retval" = "%d" "password" = "hunter-22" }\' % name.startswith("bad"))',
].join('\n');

/** A folder with the plugin and a test for each name. */
function makeTests(...names: string[]): string {
  const folder = makeFolder();
  writeFileSync(path.join(folder, 'plugin.py'), plugin);
  for (const name of names) {
    mkdirSync(path.join(folder, name));
    writeFileSync(path.join(folder, name, 'input.kvg'), `"" "" = { "id" = "${name}" }\n`);
    writeFileSync(path.join(folder, name, 'expect.yaml'), `plugin: ../plugin.py\npoint: '20'\nretval: 0\n`);
  }
  return folder;
}

function argumentsFor(folder: string, ...more: string[]): string[] {
  return ['kvgroup', 'test', folder, '--python', python, ...more];
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('the reports of tests', () => {
  test.each(['pretty', 'tap', 'jsonl'])('%s shows each case when it has ended', async (reporter) => {
    const folder = makeTests('a', 'bad', 'z-waits');
    const running = startHost(argumentsFor(folder, '--reporter', reporter, '--jobs', '2'));
    await waitForFile(path.join(folder, 'began-z-waits'));
    await waitUntil(() => running.stdout().includes('/bad'));
    expect(running.stdout()).toMatch(/\/a\b/);
    expect(running.stdout()).not.toContain('z-waits');
    writeFileSync(path.join(folder, 'go'), '');
    const { stdout, exitCode } = await running.ended;
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: expect.stringContaining('z-waits') });
  });

  test('go to several places at once, into folders that are made, without colour and secrets', async () => {
    const folder = makeTests('a', 'bad');
    const file = (name: string): string => path.join(folder, 'out', 'deep', name);
    vi.stubEnv('NO_COLOR', undefined);
    vi.stubEnv('FORCE_COLOR', '1');
    const { stdout, exitCode } = await runCommand(
      argumentsFor(
        folder,
        ...['pretty', `junit=${file('j.xml')}`, `tap=${file('t.tap')}`, `pretty=${file('p.txt')}`].flatMap((each) => [
          '--reporter',
          each,
        ]),
      ),
    );
    expect(exitCode).toBe(1);
    const [junit, tap, pretty] = ['j.xml', 't.tap', 'p.txt'].map((name) => readFileSync(file(name), 'utf8'));
    expect(junit).toMatch(/^<\?xml [^]*<testsuites name="plugin-host" tests="2" failures="1"[^]*<\/testsuites>\n$/);
    expect(tap).toMatch(/^TAP version 14\n1\.\.2\nok 1 - [^]*\nnot ok 2 - [^]*\n {2}\.\.\.\n$/);
    expect(pretty).toMatch(/\n\n1 passed, 1 failed {2}[\d.]+ m?s\n$/);
    expect(`${junit ?? ''}${tap ?? ''}${pretty ?? ''}`).not.toContain('\u001b');
    expect(`${stdout}${junit ?? ''}${tap ?? ''}`).not.toContain('hunter-22');
    expect(readdirSync(path.join(folder, 'out/deep'))).toHaveLength(3);
  });

  test('that all go to files leave a line for people', async () => {
    const folder = makeTests('a');
    const file = path.join(folder, 'j.xml');
    const { stdout, stderr } = await runCommand(argumentsFor(folder, '--reporter', `junit=${file}`));
    expect({ stdout, stderr }).toEqual({ stdout: '', stderr: expect.stringMatching(/^1 passed {2}.* {2}.*j\.xml\n$/) });
  });

  test('a file that cannot be written is told before anything is run', async () => {
    const folder = makeTests('a');
    const file = path.join(folder, 'plugin.py', 'j.xml');
    const { exitCode, stderr } = await runCommand(argumentsFor(folder, '--reporter', `junit=${file}`));
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: expect.stringContaining(`FILE_UNWRITABLE  ${file}: `),
    });
    expect(readdirSync(folder)).not.toContain('began-a');
  });

  test('GitHub gets its annotations and a summary below that of others', async () => {
    const folder = makeTests('a', 'bad');
    const summary = path.join(folder, 'summary.md');
    writeFileSync(summary, 'of another step\n');
    vi.stubEnv('GITHUB_STEP_SUMMARY', summary);
    const { stdout } = await runCommand(argumentsFor(folder, '--reporter', 'github'));
    const file = path.relative(process.cwd(), path.join(folder, 'bad/expect.yaml'));
    expect(stdout).toMatch(`::error file=${file},line=3,title=plugin.py at 20::retval: expected "0", got "1"%0A`);
    expect(readFileSync(summary, 'utf8')).toMatch(/^of another step\n### ❌ plugin-host: 1 passed, 1 failed {2}/);
    await runCommand(argumentsFor(folder, '--reporter', 'pretty'));
    expect(readFileSync(summary, 'utf8').match(/###/g)).toHaveLength(1);
  });

  test('a run that is interrupted shows the failures so far, and writes no file', async () => {
    const folder = makeTests('bad', 'z-waits');
    const file = path.join(folder, 'j.xml');
    const running = startHost(
      argumentsFor(folder, '--jobs', '1', '--reporter', 'pretty', '--reporter', `junit=${file}`),
    );
    await waitForFile(path.join(folder, 'began-z-waits'));
    running.kill('SIGINT');
    const { stdout, stderr, exitCode } = await running.ended;
    expect(stderr).toMatch(/^case 2 of 2 had not ended after [\d.]+ \w+: \S/m);
    expect({ exitCode, stdout }).toEqual({
      exitCode: 130,
      stdout: expect.stringMatching(/\n\nFAILED {2}.*\n {2}retval: /),
    });
    expect(readdirSync(folder)).not.toContain('j.xml');
  });
});

test('with --bail nothing begins after the first failure, and the others are skipped', async () => {
  const folder = makeTests('a', 'bad', 'c', 'd');
  const run = await runHost<JsonReport>(...argumentsFor(folder, '--bail', '--jobs', '1'));
  expect(run).toMatchObject({ exitCode: 1, json: { ok: false, passed: 1, failed: 1, skipped: 2 } });
  expect(readdirSync(folder).filter((name) => name.startsWith('began-'))).toEqual(['began-a', 'began-bad']);
  const tap = await runCommand(argumentsFor(folder, '--bail', '--jobs', '1', '--reporter', 'tap'));
  expect(tap.stdout).toMatch(/\nok 4 - .*\/d > .* # SKIP not begun after the first failure\n$/);
});

test('--slowest ends the report with the slowest cases', async () => {
  const { stdout } = await runCommand(argumentsFor(makeTests('a', 'b', 'c'), '--slowest=2'));
  expect(stdout).toMatch(/\n3 passed {2}.*\n\nslowest\n(?: +\d+ ms {2}plugin\.py at 20 {2}.*input\.kvg:1\n){2}$/);
});

describe('--list', () => {
  test.each([
    [['test', path.join(samples, 'otp')], /otp\.plugin-test\.yaml:5 {2}the right one-time password .*\n/],
    [['test', path.join(samples, 'scenarios')], /otp-and-vault\.yaml:2 {2}A wrong one-time password, .*\n/],
    [['platform', 'test', path.join(samples, 'platform/portal')], /\.platform-test\.yaml:\d+ {2}.*\n/],
    [['kvgroup', 'test', path.join(samples, 'kvgroup')], /profile-id-taken\/input\.kvg:1 {2}profile_id\.py at 03\n/],
  ])('of %j names cases with file and line, and as JSON', async (args, expected) => {
    const { stdout, exitCode } = await runCommand([...args, '--list']);
    expect({ stdout, exitCode }).toEqual({ stdout: expect.stringMatching(expected), exitCode: 0 });
    const { json } = await runHost<TestList>(...args, '--list');
    const cases = json.suites.flatMap((suite) => suite.cases);
    expect(cases.map(({ name, file, line }) => `${file}:${line ?? ''}  ${name}\n`).join('')).toBe(stdout);
  });

  test('runs no code of a plugin', async () => {
    const folder = makeFolder();
    writeFileSync(path.join(folder, 'MANIFEST'), 'api: "1.9"\ntype: aa\nname: X\nversion: "1"\nentry_point: main.py\n');
    writeFileSync(path.join(folder, 'main.py'), `open(${JSON.stringify(path.join(folder, 'began'))}, "w")\n`);
    writeFileSync(path.join(folder, 'a.plugin-test.yaml'), 'plugin: .\ncases: [{name: one, hook: authenticate}]\n');
    const { stdout } = await runCommand(['test', folder, '--list', '--filter', 'ONE']);
    expect(stdout).toMatch(/a\.plugin-test\.yaml:2 {2}one\n$/);
    expect(readdirSync(folder).sort()).toEqual(['MANIFEST', 'a.plugin-test.yaml', 'main.py']);
  });
});
