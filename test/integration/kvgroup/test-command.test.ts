import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { JsonReport } from '../../../src/testing/reporters/json-report.ts';
import {
  alive,
  type HostRun,
  makeFolder,
  python,
  runCommand,
  runHost,
  startHost,
  waitForPid,
  waitUntil,
} from '../fixture.ts';

const bin = path.resolve(import.meta.dirname, '../../../bin/plugin-host.js');
const answer = `print('"" "" = { "retval" = "0" }')\n`;

/** A folder with a plugin and, below it, a test for each name; the plugin is told the name as `id`. */
function makeTests(names: readonly string[], plugin: string, expectation = 'class: ok\n'): string {
  const folder = makeFolder();
  writeFileSync(path.join(folder, 'plugin.py'), plugin);
  for (const name of names) {
    mkdirSync(path.join(folder, name));
    writeFileSync(path.join(folder, name, 'input.kvg'), `"" "" = { "id" = "${name}" }\n`);
    writeFileSync(path.join(folder, name, 'expect.yaml'), `plugin: ../plugin.py\npoint: '20'\n${expectation}`);
  }
  return folder;
}

async function run(folder: string, ...more: string[]): Promise<HostRun> {
  return runCommand(['kvgroup', 'test', folder, '--python', python, ...more]);
}

/** Ends of the names of the folders that were run, in the order of the report. */
async function foldersOf(folder: string, ...more: string[]): Promise<string[]> {
  const { json } = await runHost<JsonReport>('kvgroup', 'test', folder, '--python', python, ...more);
  return json.suites.map(({ name }) => path.basename(name));
}

describe('kvgroup test', () => {
  test('takes the folders of a filter, of a shard, and of a shard of a filter', async () => {
    const folder = makeTests(['one', 'three', 'two'], answer);
    expect(await foldersOf(folder, '--filter', 'TWO')).toEqual(['two']);
    expect(await foldersOf(folder, '--filter', 'plugin.py at 20')).toEqual(['one', 'three', 'two']);
    expect(await foldersOf(folder, '--shard', '1/2')).toEqual(['one', 'two']);
    expect(await foldersOf(folder, '--shard', '2/2')).toEqual(['three']);
    expect(await foldersOf(folder, '--filter', 't', '--shard', '2/2')).toEqual(['three']);
  });

  test('a folder with an invalid expect.yaml is a case that fails, and the others are run', async () => {
    const folder = makeTests(['one', 'two', 'wrong'], answer);
    writeFileSync(path.join(folder, 'two/expect.yaml'), 'plugin: ../plugin.py\nretvall: 0\n');
    writeFileSync(path.join(folder, 'wrong/expect.yaml'), "plugin: ../plugin.py\npoint: '99'\n");
    const { json, exitCode } = await runHost<JsonReport>('kvgroup', 'test', folder, '--python', python);
    const [one, two, wrong] = json.suites.map(({ cases }) => cases[0]);
    expect(one).toMatchObject({ passed: true });
    expect(two).toMatchObject({
      ...{ name: 'expect.yaml is valid', passed: false, file: expect.stringMatching(/two\/expect\.yaml$/), line: 2 },
      failure: { message: expect.stringMatching(/^EXPECT_INVALID: .*expect\.yaml:2:1: unknown key retvall/) },
    });
    expect(wrong).toMatchObject({
      line: 2,
      failure: { message: expect.stringContaining('point: "99" is not a plugin point') },
    });
    expect(exitCode).toBe(1);
  });

  test('with two jobs has two plugins at once, and reports them in their order', async () => {
    const meeting = makeFolder();
    // Nobody leaves before both have come, and the first leaves last.
    const plugin = [
      'import os, re, sys, time',
      `here = ${JSON.stringify(meeting)}`,
      'name = re.search(r\'"id" = "([^"]*)"\', sys.stdin.read()).group(1)',
      'open(os.path.join(here, name), "w").close()',
      'while len(os.listdir(here)) < (3 if name == "one" else 2): time.sleep(0.005)',
      answer,
      'sys.stdout.flush()',
      'open(os.path.join(here, "end of " + name), "w").close()',
    ].join('\n');
    const folder = makeTests(['one', 'two'], plugin);
    const { exitCode, json } = await runHost<JsonReport>(
      ...['kvgroup', 'test', folder, '--python', python, '--jobs', '2'],
    );
    expect({ exitCode, passed: json.passed }).toEqual({ exitCode: 0, passed: 2 });
    expect(json.suites.map(({ name }) => path.basename(name))).toEqual(['one', 'two']);
  });

  test('with one job has one plugin after the other', async () => {
    const folder = makeTests(
      ['one', 'two', 'three'],
      `import os\nlock = os.path.join(${JSON.stringify(makeFolder())}, "lock")\nos.mkdir(lock)\n${answer}os.rmdir(lock)\n`,
    );
    expect(await run(folder, '--jobs', '1')).toMatchObject({ exitCode: 0, stderr: '' });
  });

  test('tells each place with its file and line, as test does', async () => {
    const folder = makeTests(['one'], answer, 'retval: 1\nerrmsg: {contains: taken}\nmaxMs: 60000\n');
    const { exitCode, json } = await runHost<JsonReport>('kvgroup', 'test', folder, '--python', python);
    const [suite] = json.suites;
    expect(exitCode).toBe(1);
    expect(suite?.cases[0]?.failure).toEqual({
      message: 'retval: expected "1", got "0"',
      detail: expect.stringMatching(/^errmsg: expected \{"contains":"taken"\}, got nothing\n/),
      file: path.join(suite?.name ?? '', 'expect.yaml'),
      line: 3,
    });
    const { stdout } = await run(folder, '--reporter', 'junit');
    expect(stdout).toContain(`file="${suite?.name ?? ''}/expect.yaml" line="3"`);
  });

  test('masks what is secret by its name, however short, and by its value elsewhere', async () => {
    const folder = makeTests(
      ['one'],
      `print('"" "" = { "retval" = "0" "password" = "ab" "note" = "is hunter-22" }')\n`,
    );
    writeFileSync(
      path.join(folder, 'one/expected.kvg'),
      '"" "" = { "retval" = "0" "password" = "hunter-22" "note" = "is" }',
    );
    const masked = await run(folder);
    expect(masked.stdout).toContain('password: expected "***", got "***"');
    expect(masked.stdout).toContain('note: expected "is", got "is ***"');
    expect(masked.stdout).not.toContain('hunter-22');
    const shown = await run(folder, '--show-secrets');
    expect(shown.stdout).toContain('password: expected "hunter-22", got "ab"');
  });

  test('ends with 3 when the machine has no interpreter, as test does', async () => {
    const folder = makeTests(['one'], answer);
    writeFileSync(path.join(folder, 'plugin.psl'), 'x');
    writeFileSync(path.join(folder, 'one/expect.yaml'), "plugin: ../plugin.psl\npoint: '20'\nclass: ok\n");
    const { exitCode, stderr } = await run(folder);
    expect({ exitCode, stderr }).toEqual({ exitCode: 3, stderr: expect.stringContaining('INTERPRETER_MISSING') });
  });

  test('is interrupted with all plugins that run, and leaves none of them', async () => {
    const here = makeFolder();
    const plugin = [
      'import os, re, sys, time',
      'name = re.search(r\'"id" = "([^"]*)"\', sys.stdin.read()).group(1)',
      `with open(os.path.join(${JSON.stringify(here)}, name), "w") as file: print(os.getpid(), file=file)`,
      'time.sleep(600)',
    ].join('\n');
    const folder = makeTests(['one', 'three', 'two'], plugin);
    const running = startHost(['kvgroup', 'test', folder, '--python', python, '--jobs', '2']);
    const pids = await Promise.all(['one', 'three'].map((name) => waitForPid(path.join(here, name))));
    running.kill('SIGINT');
    const { exitCode, stdout, stderr } = await running.ended;
    expect({ exitCode, stdout }).toEqual({ exitCode: 130, stdout: '' });
    expect(stderr).toContain('INTERRUPTED');
    expect(alive(pids)).toEqual([]);
    expect(readdirSync(here).sort()).toEqual(['one', 'three']);
  });

  test.each([
    [['--jobs', '0'], '"0" is not a number of calls'],
    [['--shard', '3/2'], '"3/2" is not a shard'],
    [['--filter', 'zzz'], 'no case has "zzz" in its name'],
    [['--reporter', 'tapp'], 'tapp is not a reporter'],
    [['--watch', '--reporter', 'tap'], '--watch reports after each change, tap is one document'],
    [['--watch', '--update'], '--update writes the files that --watch watches'],
  ])('refuses %j as a mistake of the caller', async (more, message) => {
    const { exitCode, stderr } = await run(makeTests(['one'], answer), ...more);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(message) });
  });

  test('--watch runs again when a plugin or a test changes, also after a mistake in a test', async () => {
    const folder = makeTests(['one'], answer);
    const elsewhere = makeFolder();
    const plugin = path.join(elsewhere, 'plugin.py');
    const expectation = path.join(folder, 'one/expect.yaml');
    writeFileSync(plugin, answer);
    writeFileSync(expectation, `plugin: ${plugin}\npoint: '20'\nretval: 0\n`);
    const args = ['kvgroup', 'test', folder, '--python', python, '--watch'];
    const child = spawn(process.execPath, [bin, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let seen = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (seen += text));
    const shows = async (text: string): Promise<void> => {
      await waitUntil(() => seen.includes(text));
      seen = '';
    };
    try {
      await shows('watching');
      writeFileSync(plugin, answer.replace('"0"', '"7"'));
      await shows('1 failed');
      writeFileSync(expectation, readFileSync(expectation, 'utf8').replace('retval: 0', 'retvall: 7'));
      await shows('EXPECT_INVALID');
      writeFileSync(expectation, readFileSync(expectation, 'utf8').replace('retvall', 'retval'));
      await shows('1 passed');
    } finally {
      child.kill('SIGINT');
      await once(child, 'close');
    }
    expect(child.exitCode).toBe(130);
  });
});
