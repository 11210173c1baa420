import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { alive, makeFolder } from '../fixture.ts';
import { fixtureFile, type FixtureRun, problemsOf, runFixture, runUntilTimeIsUp } from './run-fixture.ts';

describe('a plugin that', () => {
  test.concurrent.each<[string, FixtureRun, object]>([
    ['crashes.py', {}, { class: 'crash', retval: '0', exitCode: null, signal: 'SIGSEGV' }],
    ['raises.py', {}, { class: 'protocol-error', output: null, exitCode: 1, signal: null }],
    ['prints-stray-line.py', {}, { class: 'protocol-error', output: null, exitCode: 0 }],
    ['answers-nothing.py', {}, { class: 'protocol-error', output: null, exitCode: 0 }],
    ['writes-100-mb.py', {}, { class: 'protocol-error', output: null }],
    ['leaves-child.py', {}, { class: 'ok', retval: '0', exitCode: 0, signal: null }],
  ])('%s has its class', async (behaviour, options, expected) => {
    const { result } = await runFixture(behaviour, options);
    expect(result).toMatchObject(expected);
  });

  test.concurrent.each([
    ['hangs.py', { class: 'timeout', retval: '0', exitCode: null, signal: 'SIGTERM' }],
    ['ignores-sigterm.py', { class: 'timeout', retval: null, output: null, signal: 'SIGKILL' }],
  ])('%s has its class', async (behaviour, expected) => {
    const { result } = await runUntilTimeIsUp(behaviour);
    expect(result).toMatchObject(expected);
  });

  test('leaves a child has it ended and is warned', async () => {
    const { result } = await runFixture('leaves-child.py');
    expect(problemsOf(result)).toEqual(['warning LEFT_RUNNING']);
    const pid = result.output?.c.find((item) => 'k' in item && item.k === 'pid');
    expect(pid).toMatchObject({ v: expect.stringMatching(/^\d+$/) });
    expect(alive([Number(pid && 'v' in pid ? pid.v : NaN)])).toEqual([]);
  });

  test('prints a stray line is told where', async () => {
    const { result } = await runFixture('prints-stray-line.py');
    expect(problemsOf(result)).toEqual(['error OUTPUT_UNREADABLE']);
    const errors = result.diagnostics.filter(({ level }) => level === 'error');
    expect(errors).toMatchObject([{ line: 2, column: 1, hint: expect.stringMatching(/print/) }]);
  });

  test('raises has its exception named with its line, and the end of its standard error shown', async () => {
    const { result } = await runFixture('raises.py');
    expect(result.stderr).toMatch(/^about to fail\n[^]*KeyError: 'userid'\n$/);
    expect(result.problems).toMatchObject([
      { code: 'RUN_RAISED', message: expect.stringContaining('raised KeyError at raises.py:'), file: 'raises.py' },
    ]);
    expect(result.diagnostics).toEqual([]);
  });

  test('runs out of time is not said to have printed nothing', async () => {
    const { result } = await runUntilTimeIsUp('ignores-sigterm.py');
    expect(problemsOf(result)).toEqual(['error RUN_TIMED_OUT']);
    expect(result.diagnostics).toEqual([]);
  });

  test('writes 100 MB is ended at the limit', async () => {
    const { result, recordings } = await runFixture('writes-100-mb.py');
    expect(problemsOf(result)).toEqual(['error REPLY_TOO_LARGE']);
    expect(recordings[0]?.stdout.length).toBe(16 * 1024 * 1024 + 1);
  });
});

const zero = '"" "" = { "retval" = "0" }';

describe('an answer', () => {
  test.concurrent.each<[string, Record<string, string>, boolean, object, string[]]>([
    ['of 0 is success', { 'answer-text': zero }, false, { class: 'ok', retval: '0', errmsg: null }, []],
    [
      'of another number is a failure',
      { 'answer-text': '"" "" = { "retval" = "-7" "errmsg" = "no" }', exit: '1' },
      false,
      { class: 'failure', retval: '-7', errmsg: 'no', exitCode: 1 },
      [],
    ],
    [
      'without a mandatory return code is a protocol error',
      { 'answer-text': '"" "" = { }' },
      false,
      { class: 'protocol-error', retval: null },
      ['error RETVAL_MISSING'],
    ],
    [
      'with a text as return code is a protocol error',
      { 'answer-text': '"" "" = { "retval" = "yes" }' },
      false,
      { class: 'protocol-error', retval: 'yes' },
      ['error RETVAL_FORMAT'],
    ],
    [
      'of success with another exit code is warned of',
      { 'answer-text': zero, exit: '3' },
      false,
      { class: 'ok', exitCode: 3 },
      ['warning EXIT_NONZERO'],
    ],
    [
      'of success with another exit code is refused if strict',
      { 'answer-text': zero, exit: '3' },
      true,
      { class: 'protocol-error', exitCode: 3 },
      ['error EXIT_NONZERO'],
    ],
    [
      'with barewords is taken',
      { 'answer-text': '"" "" = { retval = "0" }' },
      false,
      { class: 'ok', diagnostics: [{ code: 'KVG008' }] },
      [],
    ],
    [
      'with barewords is refused if strict',
      { 'answer-text': '"" "" = { retval = "0" }' },
      true,
      { class: 'protocol-error', output: null, diagnostics: [{ code: 'KVG008' }] },
      ['error OUTPUT_UNREADABLE'],
    ],
    [
      'under another root is taken',
      { 'answer-text': '"output" "x" = { "retval" = "0" }' },
      false,
      { class: 'ok', output: { k: 'output', n: 'x' } },
      [],
    ],
  ])('%s', async (_, input, strict, expected, problems) => {
    const { result } = await runFixture('answers-as-told.py', { input, strict });
    expect(result).toMatchObject(expected);
    expect(problemsOf(result)).toEqual(problems);
  });

  test('where no return code is mandatory may do without', async () => {
    const { result } = await runFixture('answers-as-told.py', {
      point: '09',
      input: { 'answer-text': '"" "" = { "hideAuthDetails" = "true" }' },
    });
    expect(result.class).toBe('ok');
  });

  test('at the security questions tells its success as returnval', async () => {
    const { result } = await runFixture('answers-as-told.py', {
      point: '32',
      input: { 'answer-text': '"" "" = { "returnval" = "2" }' },
    });
    expect(result).toMatchObject({ class: 'failure', retval: '2' });
  });

  test('may be of cp1252', async () => {
    const folder = makeFolder();
    const plugin = path.join(folder, 'writes-cp1252');
    writeFileSync(plugin, `#!/bin/sh\nprintf '"" "" = { "retval" = "0" "errmsg" = "Z\\374rich" }'\n`);
    chmodSync(plugin, 0o755);
    const { result } = await runFixture(plugin, { encoding: 'cp1252' });
    expect(result).toMatchObject({ class: 'ok', errmsg: 'Zürich' });
    expect((await runFixture(plugin)).result).toMatchObject({
      class: 'protocol-error',
      diagnostics: [{ code: 'KVG009' }],
    });
  });
});

describe('a plugin', () => {
  test('gets no arguments, its own folder, a clean environment and its input in canonical form', async () => {
    const hostEnvironment = { ...process.env, SECRET: 'x', PYTHONSTARTUP: 'y' };
    const { result } = await runFixture('shows-surroundings.py', {
      settings: { hostEnvironment, environment: { MORE: '1' } },
    });
    const pair = result.output?.c.find((item) => 'k' in item && item.k === 'facts');
    const facts = JSON.parse(pair && 'v' in pair ? pair.v : '{}') as { env: Record<string, string> };
    expect(facts).toMatchObject({
      argv: [],
      cwd: path.dirname(fixtureFile('x')),
      stdin: '# KVGROUP-V1.0\n"" "" = {\n  "sessionid" = "S1"\n}\n',
      env: { MORE: '1', PYTHONIOENCODING: 'utf-8', PYTHONUNBUFFERED: '1', PYTHONDONTWRITEBYTECODE: '1' },
    });
    expect(Object.keys(facts.env).filter((name) => /^(SECRET|PYTHONSTARTUP)$/.test(name))).toEqual([]);
  });

  test('of another language is run by the interpreter that is set', async () => {
    const folder = makeFolder();
    const settings = { interpreters: new Map([['.sed', 'sed -n -f']]) };
    writeFileSync(path.join(folder, 'plugin.sed'), '1s/.*/"" "" = { "retval" = "4" }/p\n');
    const { result } = await runFixture(path.join(folder, 'plugin.sed'), {
      settings,
    });
    expect(result).toMatchObject({ class: 'failure', retval: '4' });
  });

  test.each([
    ['plugin.psl', "needs? the vendor's interpreter"],
    ['plugin.pss', "needs? the vendor's interpreter"],
    ['plugin.pl', 'a \\.pl file that is not executable'],
    ['plugin', 'a file without extension that is not executable'],
  ])('%s cannot be run without an interpreter', async (name, words) => {
    const file = path.join(makeFolder(), name);
    writeFileSync(file, 'x');
    await expect(runFixture(file)).rejects.toMatchObject({
      code: 'INTERPRETER_MISSING',
      exitCode: 3,
      message: expect.stringMatching(words),
    });
  });

  test('that is not there is an error of the caller', async () => {
    await expect(runFixture('nowhere.py')).rejects.toMatchObject({ code: 'FILE_NOT_FOUND', exitCode: 2 });
  });

  test('whose run is aborted leaves nothing', async () => {
    const reason = new Error('enough');
    await expect(runFixture('hangs.py', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  test('of an exit trap is not asked for an answer', async () => {
    const { result } = await runFixture('prints-stray-line.py', { point: '57' });
    expect(result).toMatchObject({ class: 'ok', retval: null, problems: [] });
  });
});
