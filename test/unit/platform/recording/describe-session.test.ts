import { describe, expect, test } from 'vitest';
import { joinCommands } from '../../../../src/platform/recording/describing/describe-command.ts';
import { describeSession } from '../../../../src/platform/recording/describing/describe-session.ts';
import { readTurns } from '../../../../src/platform/recording/describing/read-turns.ts';
import type { SessionDescription } from '../../../../src/platform/recording/describing/session-description.ts';
import type { Turn } from '../../../../src/platform/recording/observing/recorded-call.ts';
import { TargetRecords } from '../../../../src/targets/matching/target-records.ts';
import { runShell } from '../../../../src/targets/terminal/run-shell.ts';
import { ShellTarget } from '../../../../src/targets/terminal/shell-target.ts';
import { Terminal } from '../../../../src/targets/terminal/terminal.ts';

/** What was typed, and what came then; the first is typed before anything has come. */
type Session = readonly (readonly [typed: string, output: string])[];

const turnsOf = (session: Session): Turn[] =>
  session.map(([typed, output]) => ({
    inputs: typed === '' ? [] : [Buffer.from(typed)],
    output: Buffer.from(output),
    waitedMs: 1,
    takenMs: 2,
  }));

const same = { output: (text: string) => text, input: (text: string) => text };

function describeIt(session: Session, more: { isTelnet?: boolean; isEnded?: boolean } = {}): SessionDescription {
  const turns = turnsOf(session);
  return describeSession(readTurns(turns, turns, same), { isTelnet: false, isEnded: false, ...more });
}

/** What a simulated shell sends for the same input, each time until it waits. */
async function replay({ login, ...shell }: SessionDescription, session: Session): Promise<string[]> {
  const closing = new AbortController();
  let came = '';
  const terminal = new Terminal({ write: (text) => (came += text) }, { isTty: true, isEchoing: shell.echo });
  const target = new ShellTarget({ ...shell, commands: joinCommands(shell.commands) }, new TargetRecords());
  const ended = runShell({ target, terminal, signal: closing.signal }, login);
  const outputs: string[] = [];
  for (const [typed] of session) {
    terminal.input.push(typed);
    for (let round = 0; round < 200; round++) await Promise.resolve();
    outputs.push(came);
    came = '';
  }
  expect(target.records.unmatched).toEqual([]);
  closing.abort();
  terminal.input.end();
  await ended;
  return outputs;
}

const start = ['', 'Linux box\r\n$ '] as const;

const sessions: Record<string, Session> = {
  'a command': [start, ['id\n', 'id\r\nuid=1\r\n$ ']],
  'a command without output, and one without an end of line': [
    start,
    ['true\n', 'true\r\n$ '],
    ['printf x\n', 'printf x\r\nx$ '],
  ],
  'the same command with another output': [start, ['date\n', 'date\r\n1\r\n$ '], ['date\n', 'date\r\n2\r\n$ ']],
  'a question whose answer is hidden, and one whose answer is shown': [
    start,
    ['passwd\n', 'passwd\r\nNew password: '],
    ['secret\n', '\r\nReally? '],
    ['yes\n', 'yes\r\nchanged\r\n$ '],
  ],
  'a program with another prompt': [
    start,
    ['su\n', 'su\r\nroot# '],
    ['id\n', 'id\r\nuid=0\r\nroot# '],
    ['exit\n', 'exit\r\n$ '],
  ],
  'a terminal that no longer shows what is typed': [
    start,
    ['stty -echo\n', 'stty -echo\r\n$ '],
    ['id\n', 'uid=1\r\n$ '],
    ['sudo id\n', 'Password: '],
    ['secret\n', '\r\nuid=0\r\n$ '],
  ],
  'lines that were typed at once': [start, ['a\nb\n', 'a\r\n1\r\n$ b\r\n2\r\n$ ']],
  'a terminal that shows stars': [start, ['id\n', '**\r\nuid=1\r\n$ '], ['pwd\n', '***\r\n/\r\n$ ']],
  'an echo that comes at once for all': [start, ['a\nb\n', 'a\r\nb\r\n1\r\n$ 2\r\n$ ']],
  'a prompt that is another one each time': [
    ['', '[1] '],
    ['a\n', 'a\r\n[2] '],
    ['b\n', 'b\r\n[3] '],
  ],
};

describe('a session of a terminal', () => {
  test.each(Object.entries(sessions))('%s is described so that the same comes again', async (_, session) => {
    const expected = session.map(([, output]) => output);
    const joined = (outputs: readonly string[]): string => outputs.join('');
    expect(joined(await replay(describeIt(session), session))).toBe(joined(expected));
  });

  test('is a shell with commands where it can be, and one dialogue where it cannot', () => {
    const kinds = Object.entries(sessions).map(([name, session]) => [describeIt(session).echo, name]);
    expect(kinds.filter(([isShell]) => isShell === false).map(([, name]) => name)).toEqual([
      'a terminal that shows stars',
      'an echo that comes at once for all',
    ]);
  });

  test('asks in a dialogue what a command asked', () => {
    const { commands } = describeIt(sessions['a question whose answer is hidden, and one whose answer is shown'] ?? []);
    expect(commands).toEqual([
      {
        command: 'passwd',
        dialogue: [
          { prompt: 'New password: ', expect: 'secret', hidden: true },
          { prompt: 'Really? ', expect: 'yes' },
          { send: 'changed\n' },
        ],
      },
    ]);
  });

  test('of Telnet begins with a login, whose prompts are none of the shell', async () => {
    const session: Session = [
      ['', 'login: '],
      ['svc\r\n', 'svc\r\nPassword: '],
      ['secret\r\n', '\r\nHi\r\n> '],
      ['show\r\n', 'show\r\nup\r\n> '],
    ];
    const described = describeIt(session, { isTelnet: true });
    expect(described).toMatchObject({ prompt: '> ', commands: [{ command: 'show', output: 'up\n' }] });
    expect((await replay(described, session)).join('')).toBe(session.map(([, output]) => output).join(''));
  });

  test('that the other side ended is ended again', () => {
    const { commands } = describeIt([start, ['reboot\n', 'reboot\r\nbye\r\n']], { isEnded: true });
    expect(commands).toEqual([{ command: 'reboot', output: 'bye\n', disconnect: true }]);
  });

  test('keeps apart what was taken apart, and waits for what was waited for', () => {
    const turns: Turn[] = [
      ...turnsOf([['', '$ ']]),
      { inputs: [Buffer.from('slow\n')], output: Buffer.from('slow\r\none'), waitedMs: 1500, takenMs: 1800 },
      { inputs: [], output: Buffer.from('two\r\n$ '), waitedMs: 50, takenMs: 60 },
    ];
    const { commands } = describeSession(readTurns(turns, turns, same), { isTelnet: false, isEnded: false });
    expect(commands).toEqual([
      {
        command: 'slow',
        dialogue: [
          { delay: '1.5s', send: 'one' },
          { delay: '500ms', send: 'two\n' },
        ],
      },
    ]);
  });
});
