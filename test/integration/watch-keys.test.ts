import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder, python, runCommand } from './fixture.ts';
import { typeInProgram, typeInTerminal } from './type-in-terminal.ts';

const host = path.resolve(import.meta.dirname, '../../bin/plugin-host.js');

/** Two tests of a plugin that takes no time; one of them fails. */
function makeTests(): string {
  const folder = makeFolder();
  writeFileSync(path.join(folder, 'plugin.py'), `print('"" "" = { "retval" = "0" }')\n`);
  for (const [name, retval] of [
    ['one', 0],
    ['two', 1],
  ]) {
    const test = path.join(folder, String(name));
    mkdirSync(test);
    writeFileSync(path.join(test, 'input.kvg'), '"" "" = { }\n');
    writeFileSync(path.join(test, 'expect.yaml'), `plugin: ../plugin.py\npoint: '20'\nretval: ${String(retval)}\n`);
  }
  return folder;
}

/** What the host shows run by run, its exit code, and how the terminal is after it. */
async function watch(waits: readonly (readonly [string, string])[]): Promise<{ runs: string[]; end: string }> {
  const folder = makeTests();
  const command = [process.execPath, host, 'kvgroup', 'test', '--watch', '--python', python]
    .map((word) => `'${word}'`)
    .join(' ');
  const script = `${command}; echo "ends with $?" $(stty -a | grep -oE -- '-?(icanon|echo)\\b')`;
  const env = { TERM: 'xterm', NO_COLOR: '1' };
  const { shown } = await typeInProgram(waits, ['sh', '-c', script], { cwd: folder, env });
  const [body = '', end = ''] = shown.replaceAll('\r', '').split('ends with ');
  return { runs: body.split(/^.*── \d\d:\d\d:\d\d {2}/m), end: end.trim() };
}

test('keys run the tests again, filter them, run all, and quit with the exit code of the last run', async () => {
  const { runs, end } = await watch([
    ['q: quit', '\r'],
    ['q: quit', 'f'],
    ['name or file:', 'one\r'],
    ['a: all, q: quit', 'x\r'],
    ['a: all, q: quit', 'a'],
    ['q: quit', 'q'],
  ]);
  expect(runs.map((run) => /\d+ passed(?:, \d+ failed)?/.exec(run)?.[0])).toEqual([
    '1 passed, 1 failed',
    '1 passed, 1 failed',
    '1 passed',
    '1 passed',
    '1 passed, 1 failed',
  ]);
  expect(runs[2]).toContain('only cases with "one"');
  expect(end).toBe('1 icanon echo');
});

test('Ctrl-C ends the watching, and the terminal is as it was', async () => {
  const { end } = await watch([['q: quit', '\u0003']]);
  expect(end).toBe('130 icanon echo');
});

test.each([
  [['platform', 'run', 'sample-plugins/platform/linux/linux.json', 'ChangePassword', '--watch'], 'changes the target'],
  [['kvgroup', 'run', 'sample-plugins/kvgroup/profile_id.py', '--point', '03', '--in', '-', '--watch'], 'read once'],
])('%j is refused: it %s', async (words, why) => {
  const { exitCode, stderr } = await runCommand(words);
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(why) });
});

test.each([[[]], [['--watch']]])('a hook that is not known ends invoke in a terminal too, with %j', async (more) => {
  const plugin = path.resolve(import.meta.dirname, '../../sample-plugins/otp');
  const { shown, exitCode } = await typeInTerminal([], ['invoke', 'get_password_list', '-p', plugin, ...more]);
  expect({ shown, exitCode }).toEqual({ shown: expect.stringContaining('HOOK_UNKNOWN'), exitCode: 2 });
});
