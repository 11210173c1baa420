import { expect, test } from 'vitest';
import type { Command } from '../../../../src/targets/description/target-description.ts';
import { type AnsweredCommand, TargetRecords } from '../../../../src/targets/matching/target-records.ts';
import { runCommand } from '../../../../src/targets/terminal/run-command.ts';
import { ShellTarget } from '../../../../src/targets/terminal/shell-target.ts';
import { Terminal } from '../../../../src/targets/terminal/terminal.ts';

async function run(command: Command, stdin = ''): Promise<unknown> {
  let output = '';
  let errors = '';
  const client = { write: (text: string) => (output += text), writeError: (text: string) => (errors += text) };
  const terminal = new Terminal(client, { isTty: false, isEchoing: true });
  terminal.input.push(stdin);
  terminal.input.end();
  const record: AnsweredCommand = { command: 'x', exit: null };
  const target = new ShellTarget({ commands: [command] }, new TargetRecords());
  const { signal } = new AbortController();
  const ending = await runCommand('x', { target, terminal, signal }, { record, isShell: false });
  return { output, errors, record, ending };
}

test('output and errors go as they are, apart from each other', async () => {
  expect(await run({ command: 'x', output: 'a\nb', stderr: 'c', exit: 3 })).toEqual({
    output: 'a\nb',
    errors: 'c',
    record: { command: 'x', exit: 3 },
    ending: { kind: 'exit', code: 3 },
  });
});

test('input is not echoed', async () => {
  expect(await run({ command: 'x', stdin: [{ any: true }, 'b'] }, 'a\r\nb')).toMatchObject({
    output: '',
    record: { stdin: ['a', 'b'], exit: 0 },
  });
});

test('input that ends too early is told', async () => {
  expect(await run({ command: 'x', stdin: ['a', 'b'] }, 'a\n')).toMatchObject({
    errors: 'bash: x: command not found\n',
    record: { stdin: ['a'], exit: 127 },
  });
});

test('a signal is a signal', async () => {
  expect(await run({ command: 'x', signal: 'TERM' })).toMatchObject({
    record: { exit: null, signal: 'TERM' },
    ending: { kind: 'signal', signal: 'TERM' },
  });
});
