import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RunResult } from '../../src/kvgroup/running/run-result.ts';
import { makeFolder, python, runHost, runCommand, startHost } from '../integration/fixture.ts';

const root = path.resolve(import.meta.dirname, '../..');
const samples = path.join(root, 'sample-plugins/kvgroup');
const fixtures = path.join(root, 'test/fixtures/kvgroup');
const input = path.join(samples, 'tests/profile-id-free/input.kvg');

async function run(
  plugin: string,
  point: string,
  ...more: string[]
): Promise<{ exitCode: number | null; json: RunResult }> {
  return runHost<RunResult>('kvgroup', 'run', plugin, '--point', point, '--python', python, ...more);
}

async function testCommand(...more: string[]): ReturnType<typeof startHost>['ended'] {
  return runCommand(['kvgroup', 'test', '--python', python, ...more]);
}

describe('kvgroup run', () => {
  test('prints the document of one run', async () => {
    const { exitCode, json } = await run(path.join(samples, 'profile_id.py'), '3', '--in', input);
    expect({ exitCode, json }).toEqual({
      exitCode: 0,
      json: {
        point: '03',
        class: 'ok',
        retval: '0',
        errmsg: '',
        exitCode: 0,
        signal: null,
        durationMs: expect.any(Number),
        output: {
          k: '',
          n: '',
          c: [
            { k: 'retval', v: '0' },
            { k: 'errmsg', v: '' },
            { k: 'try', v: 'okaforin' },
          ],
        },
        diagnostics: [],
        problems: [],
        stderr: '',
        runs: 1,
      },
    });
  });

  test('is for people without --json', async () => {
    const args = [
      'kvgroup',
      'run',
      'profile_id.py',
      '--point',
      'idsynch id plugin',
      '--in',
      input,
      '--taken',
      'okaforin',
    ];
    const { stdout, stderr } = await startHost([...args, '--python', python], { cwd: samples }).ended;
    expect(stderr).toBe('');
    expect(stdout.replace(/[\d.]+ m?s\b/g, 'N ms').replace(/ +N ms/g, '  N ms')).toMatchInlineSnapshot(`
      "ok  03 IDSYNCH ID PLUGIN  profile_id.py  N ms of  N ms
        retval 0

      runs
        run  class  retval  try        time
        1    ok     0       okaforin  N ms
        2    ok     0       okaforin2  N ms

      output
        "" "" = {
          "retval" = "0"
          "errmsg" = ""
          "try" = "okaforin2"
        }
      "
    `);
  });

  test.each([
    ['hangs.py', ['--timeout', '600ms'], 'timeout'],
    ['crashes.py', [], 'crash'],
    ['prints-stray-line.py', [], 'protocol-error'],
    ['never-settles.py', ['--settle'], 'ok'],
  ])('ends with 1 for %s', async (name, more, expected) => {
    const { exitCode, json } = await run(path.join(fixtures, name), '10', ...more);
    expect({ exitCode, class: json.class }).toEqual({ exitCode: 1, class: expected });
  });

  test.each([
    [['kvgroup', 'run', 'nowhere.py', '--point', '03'], 2, 'FILE_NOT_FOUND'],
    [['kvgroup', 'run', path.join(samples, 'profile_id.py'), '--point', '99'], 2, 'POINT_UNKNOWN'],
    [
      ['kvgroup', 'run', path.join(samples, 'profile_id.py'), '--point', '03', '--in', 'nowhere.kvg'],
      2,
      'FILE_NOT_FOUND',
    ],
    [
      ['kvgroup', 'run', path.join(samples, 'profile_id.py'), '--point', '03', '--in', path.join(samples, 'README.md')],
      1,
      'KVGROUP_INVALID',
    ],
    [['kvgroup', 'run', path.join(samples, 'profile_id.py'), '--point', '03', '--items', input], 2, 'USAGE'],
    [['kvgroup', 'run', path.join(samples, 'profile_id.py'), '--point', '03', '--interpreter', 'py'], 2, 'USAGE'],
    [['kvgroup', 'run', path.join(samples, 'README.md'), '--point', '03'], 3, 'INTERPRETER_MISSING'],
    [['kvgroup', 'test', path.join(root, 'docs')], 2, 'USAGE'],
  ])('%j is refused', async (args, exitCode, code) => {
    const result = await runHost<{ error: { code: string } }>(...args);
    expect({ exitCode: result.exitCode, code: result.json.error.code }).toEqual({ exitCode, code });
  });

  test('records what it masks', async () => {
    const folder = path.join(makeFolder(), 'record');
    const secret = path.join(makeFolder(), 'input.kvg');
    writeFileSync(secret, '"" "" = { "password" = "hunter-22" }');
    const { json } = await run(path.join(fixtures, 'tells-secrets.py'), '10', '--in', secret, '--record', folder);
    expect(JSON.stringify(json)).not.toContain('hunter-22');
    expect(readFileSync(path.join(folder, 'run-1/stdin.kvg'), 'utf8')).toContain('"password" = "***"');
  });
});

describe('kvgroup test', () => {
  test('runs the samples', async () => {
    const { exitCode, json } = await runHost<{ ok: boolean; passed: number }>(
      'kvgroup',
      'test',
      samples,
      '--python',
      python,
    );
    expect({ exitCode, ...json }).toMatchObject({ exitCode: 0, ok: true, passed: 6 });
  });

  test('tells what differs, and writes it when asked', async () => {
    const folder = makeFolder();
    const own = path.join(folder, 'one');
    mkdirSync(own);
    cpSync(input, path.join(own, 'input.kvg'));
    writeFileSync(path.join(own, 'expected.kvg'), '"" "" = { "retval" = "0" "errmsg" = "" "try" = "ines" }');
    const options = ['--plugin', path.join(samples, 'profile_id.py'), '--point', '03', folder];
    const failed = await testCommand(...options, '--reporter', 'tap');
    expect(failed.exitCode).toBe(1);
    expect(failed.stdout).toContain('not ok 1 - ');
    expect(failed.stdout).toContain('try: expected \\"ines\\", got \\"okaforin\\"');
    expect((await testCommand(...options, '--update')).exitCode).toBe(0);
    expect(readFileSync(path.join(own, 'expected.kvg'), 'utf8')).toContain('"try" = "okaforin"');
    rmSync(path.join(own, 'expected.kvg'));
    expect((await testCommand(...options)).exitCode).toBe(1);
  });

  test('refuses all that is wrong with expect.yaml, with its place', async () => {
    const folder = makeFolder();
    cpSync(input, path.join(folder, 'input.kvg'));
    writeFileSync(path.join(folder, 'expect.yaml'), 'pont: "03"\nclass: fine\nerrmsg: { matches: "(" }\ntaken: [a]\n');
    const { exitCode, json } = await runHost<{ error: { code: string; message: string } }>('kvgroup', 'test', folder);
    expect({ exitCode, code: json.error.code }).toEqual({ exitCode: 1, code: 'EXPECT_INVALID' });
    expect(json.error.message).toMatch(/expect\.yaml:1:1: unknown key pont\. Did you mean point\?/);
    expect(json.error.message).toMatch(/expect\.yaml:2:8: class must be one of ok, failure/);
    expect(json.error.message).toMatch(/expect\.yaml:4:1: taken belongs to settle/);
  });
});
