import { describe, expect, test } from 'vitest';
import type { DialogueStep, ShellDescription } from '../../../../src/targets/description/target-description.ts';
import { TargetRecords } from '../../../../src/targets/matching/target-records.ts';
import type { Ending } from '../../../../src/targets/terminal/ending.ts';
import { runShell } from '../../../../src/targets/terminal/run-shell.ts';
import { ShellTarget } from '../../../../src/targets/terminal/shell-target.ts';
import { Terminal } from '../../../../src/targets/terminal/terminal.ts';

interface Session {
  shown: string;
  ending: Ending;
  records: TargetRecords;
}

/** All that is typed is there from the start; the client then hangs up. */
async function type(typed: string, description: ShellDescription, login?: DialogueStep[]): Promise<Session> {
  const records = new TargetRecords();
  let shown = '';
  const terminal = new Terminal(
    { write: (text) => (shown += text) },
    { isTty: true, isEchoing: description.echo !== false },
  );
  terminal.input.push(typed);
  terminal.input.end();
  const { signal } = new AbortController();
  const ending = await runShell({ target: new ShellTarget(description, records), terminal, signal }, login);
  return { shown, ending, records };
}

describe('a shell', () => {
  test('greets, prompts, echoes and answers', async () => {
    const { shown, records, ending } = await type('whoami\r\n', {
      motd: 'Welcome',
      commands: [{ command: 'whoami', output: 'svc' }],
    });
    expect(shown).toBe('Welcome\r\n$ whoami\r\nsvc\r\n$ ');
    expect(records.commands).toEqual([{ command: 'whoami', exit: 0 }]);
    expect(ending).toEqual({ kind: 'exit', code: 0 });
  });

  test('tells what no command answers, and the nearest', async () => {
    const { shown, records } = await type('whoam i\n', { commands: [{ command: 'whoami' }, { command: 'id' }] });
    expect(shown).toBe('$ whoam i\r\nbash: whoam: command not found\r\n$ ');
    expect(records.commands).toEqual([{ command: 'whoam i', exit: 127 }]);
    expect(records.unmatched).toEqual([
      {
        kind: 'command',
        got: 'whoam i',
        message:
          'whoam i: no command answers this line. The nearest is commands.0: command: expected "whoami", got "whoam i"',
      },
    ]);
  });

  test('ends its echo, and begins it again', async () => {
    const { shown, records } = await type('stty -echo\nid\nstty echo\nid\n', {
      commands: [{ command: 'id', output: '0\n' }],
    });
    expect(shown).toBe('$ stty -echo\r\n$ 0\r\n$ $ id\r\n0\r\n$ ');
    expect(records.unmatched).toEqual([]);
  });

  test('lets a line be edited and given up', async () => {
    const { shown, records } = await type('ix\x7fd\rno\x03 id \r\n\r\n', { commands: [{ command: ' id' }] });
    expect(shown).toBe('$ ix\b \bd\r\n$ no^C\r\n$  id \r\n$ \r\n$ ');
    expect(records.commands.map((each) => 'command' in each && each.command)).toEqual(['id', 'id']);
  });

  test.each([
    ['exit 3\n', 3],
    ['false\nexit\n', 1],
    ['\x04', 0],
    ['false\nlogout\n', 1],
  ])('ends with %j', async (typed, code) => {
    const { ending } = await type(`${typed}more\n`, { commands: [{ command: 'false', exit: 1 }] });
    expect(ending).toEqual({ kind: 'exit', code });
  });

  test('gives a command the lines that follow, and chooses by them', async () => {
    const su = (password: string, exit: number): NonNullable<ShellDescription['commands']>[number] => ({
      command: { contains: 'su' },
      stdin: [password],
      exit,
    });
    const { records } = await type('su\nwrong\nsu\nright\nsu\nother\n', { commands: [su('right', 0), su('wrong', 1)] });
    expect(records.commands).toEqual([
      { command: 'su', stdin: ['wrong'], exit: 1 },
      { command: 'su', stdin: ['right'], exit: 0 },
      { command: 'su', stdin: ['other'], exit: 127 },
    ]);
    expect(records.unmatched[0]?.message).toBe(
      'su: no command answers this line. The nearest is commands.0 (su): stdin.0: expected "right", got "other"',
    );
  });

  test('answers by state, times and turn', async () => {
    const { shown } = await type('a\na\na\nb\na\n', {
      prompt: '',
      echo: false,
      commands: [
        { command: 'a', when: 'on', output: 'on\n' },
        { command: 'a', times: 2, answers: [{ output: '1\n' }, { output: '2\n' }] },
        { command: 'a', output: 'more\n' },
        { command: 'b', then: 'on' },
      ],
    });
    expect(shown).toBe('1\r\n2\r\nmore\r\non\r\n');
  });

  test('ends with the connection, and a hanging command with Ctrl-C', async () => {
    const commands = [
      { command: 'hang', hang: true },
      { command: 'kill', signal: 'KILL' },
      { command: 'die', output: 'bye\n', disconnect: true },
    ];
    const { shown, ending, records } = await type('hang\nlost\x03kill\ndie\nmore\n', { commands });
    expect(shown).toBe('$ hang\r\n^C\r\n$ kill\r\nKilled\r\n$ die\r\nbye\r\n');
    expect(ending).toEqual({ kind: 'disconnect' });
    expect(records.commands.map((each) => 'exit' in each && each.exit)).toEqual([130, 137, null]);
  });
});

describe('a dialogue', () => {
  const dialogue: DialogueStep[] = [
    { prompt: 'New: ', expect: 'n', hidden: true, else: [{ send: 'no\n' }, { exit: 10 }] },
    { prompt: 'Again: ', expect: 'n', hidden: true },
    { send: 'changed\n' },
  ];
  const commands = [{ command: 'passwd', dialogue }];

  test('is played in order, and its input is not shown', async () => {
    const { shown, records } = await type('passwd\nn\nn\n', { commands });
    expect(shown).toBe('$ passwd\r\nNew: \r\nAgain: \r\nchanged\r\n$ ');
    expect(records.commands).toEqual([{ command: 'passwd', exit: 0 }, { input: 'n' }, { input: 'n' }]);
  });

  test('takes another way for other input', async () => {
    const { shown, records } = await type('passwd\nx\n', { commands });
    expect(shown).toBe('$ passwd\r\nNew: \r\nno\r\n$ ');
    expect(records.commands[0]).toEqual({ command: 'passwd', exit: 10 });
    expect(records.unmatched).toEqual([]);
  });

  test('fails for input that it does not expect', async () => {
    const { records } = await type('passwd\nn\nm\n', { commands });
    expect(records.unmatched).toEqual([
      { kind: 'input', got: 'm', message: 'm: the dialogue does not expect this input. expect: expected "n", got "m"' },
    ]);
  });

  test('lets in or not before the prompt', async () => {
    const login: DialogueStep[] = [{ prompt: 'User: ', expect: 'a', else: [{ disconnect: true }] }];
    expect((await type('a\r\0', { prompt: '> ' }, login)).shown).toBe('User: a\r\n> ');
    expect(await type('b\r\n', {}, login)).toMatchObject({ shown: 'User: b\r\n', ending: { kind: 'disconnect' } });
  });
});
