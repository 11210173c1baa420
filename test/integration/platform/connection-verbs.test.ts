import { describe, expect, test } from 'vitest';
import type { PlainJson } from '../../../src/platform/conversion/from-json.ts';
import type { RunResult } from '../../../src/platform/run/run-result.ts';
import type { SshDescription } from '../../../src/targets/description/target-description.ts';
import { startTarget } from '../../../src/targets/running/start-target.ts';
import { runSteps } from './run-steps.ts';

const secrets = { FuncPassword: 'svc-Pass1', NewPassword: 'new-Pass3' };

const connect = (hasTerminal: boolean): object => ({
  Connect: {
    ConnectionObjectName: 'Global:C',
    Type: 'Ssh',
    NetworkAddress: '127.0.0.1',
    Port: '%Port%',
    Login: 'svc',
    Password: '%FuncPassword%',
    CheckHostKey: false,
    RequestTerminal: hasTerminal,
  },
});
const write = (expression: string): object => ({ WriteResponseObject: { Value: `%{ ${expression} }%` } });

interface Seen {
  result: RunResult;
  commands: unknown;
}

async function onHost(
  ssh: SshDescription,
  steps: readonly object[],
  parameters: Record<string, PlainJson> = {},
): Promise<Seen> {
  await using target = await startTarget({ ssh }, { values: secrets });
  const result = await runSteps(
    { steps: [...steps, { Return: { Value: true } }] },
    { parameters: { Port: target.loopbackPort, ...secrets, ...parameters }, trace: true },
  );
  expect(target.unmatched).toEqual([]);
  return { result, commands: target.commands };
}

describe('ExecuteDependentCommand', () => {
  const run = (more: object = {}): object => ({
    ExecuteDependentCommand: {
      ConnectionObjectName: 'C',
      DependentCommand: '%DependentCommand%',
      CommandArguments: '%CommandArguments::$%',
      StdinArguments: '%StdinArguments%',
      BufferName: 'Out',
      StderrBufferName: 'Err',
      ExitStatusBufferName: 'rc',
      CommandBufferName: 'Line',
      ...more,
    },
  });
  const profile = {
    DependentCommand: '/opt/%Program%',
    CommandArguments: '--user %{ "sv" + "c" }%',
    StdinArguments: ['%NewPassword%', 'plain'],
    Program: 'update',
  };
  const host: SshDescription = {
    commands: [
      {
        command: '/opt/update --user svc',
        stdin: [{ any: true }, 'plain'],
        output: 'did it\n',
        stderr: 'warned\n',
        exit: 4,
      },
    ],
  };

  test('replaces tokens of the profile once, and gives command line, outputs and exit status', async () => {
    const { result, commands } = await onHost(
      host,
      [connect(false), run(), write('Line + "|" + Out + Err + rc')],
      profile,
    );
    expect(result).toMatchObject({ error: null, response: '/opt/update --user svc|did it\nwarned\n4' });
    expect(commands).toEqual([{ command: '/opt/update --user svc', stdin: [secrets.NewPassword, 'plain'], exit: 4 }]);
  });

  test.each([
    [{}, ['**secret**', '**secret**']],
    [{ LogCommand: true, LogCommandArguments: true }, ['/opt/update --user svc', '**secret**']],
    [{ LogCommand: true }, ['**secret**', '**secret**']],
    [{ LogStdout: true }, ['**secret**', 'did it\n']],
  ])('with %j its trace shows no more', async (more, expected) => {
    const { result } = await onHost(host, [connect(false), run(more)], profile);
    const shown = (result.trace ?? []).filter(({ kind, verb }) => kind === 'ssh' && verb === 'ExecuteDependentCommand');
    expect(shown.map(({ text }) => text?.replace(/^\w+ : /, ''))).toEqual(expected);
    expect(JSON.stringify(result.trace)).not.toContain(secrets.NewPassword);
  });

  test('closes the connection when its time is over', async () => {
    const { result } = await onHost(
      { commands: [{ command: 'hang', hang: true }] },
      [
        connect(false),
        {
          Try: {
            Do: [run({ DependentCommand: 'hang', CommandArguments: '', Timeout: 0.2 })],
            Catch: [{ SetItem: { Name: 'First', Value: '%Exception%' } }, run({ DependentCommand: 'id' })],
          },
        },
      ],
      { ...profile, StdinArguments: [] },
    );
    expect(result.error).toMatchObject({ code: 'TARGET_CLOSED', cause: { code: 'TARGET_TIMEOUT' } });
  });
});

describe('ExecuteCommand', () => {
  const run = (command: string, more: object = {}): object => ({
    ExecuteCommand: {
      ConnectionObjectName: 'C',
      Command: command,
      BufferName: 'Out',
      StderrBufferName: 'Err',
      ExitStatusBufferName: 'rc',
      ...more,
    },
  });
  const host: SshDescription = {
    commands: [
      { command: 'killed', signal: 'KILL', output: 'part' },
      { command: 'hang', hang: true, output: 'part' },
      { command: 'fine', output: 'ok' },
      { command: 'reboot', disconnect: true },
    ],
  };

  test('tells of a signal by 128 and its number', async () => {
    const { result } = await onHost(host, [connect(false), run('killed'), write('rc')]);
    expect(result.response).toBe(137);
  });

  test('that takes too long is an error, or gives what came with SuppressExceptions', async () => {
    const late = await onHost(host, [connect(false), run('hang', { Timeout: 0.2 })]);
    expect(late.result.error).toMatchObject({
      code: 'TARGET_TIMEOUT',
      message: 'Command ExecuteCommand failed with an error: the command did not end within 200 ms',
    });
    const { result } = await onHost(host, [
      connect(false),
      run('hang', { Timeout: 0.2, SuppressExceptions: true }),
      write('Out + rc'),
    ]);
    expect(result).toMatchObject({ error: null, response: 'part-1' });
  });

  test('on a connection that the host has closed is an error, unless they are suppressed', async () => {
    const gone = await onHost(host, [
      connect(false),
      run('reboot', { SuppressExceptions: true }),
      run('fine', { SuppressExceptions: true }),
      write('rc'),
      run('fine'),
    ]);
    expect(gone.result).toMatchObject({ response: -1, error: { code: 'TARGET_CLOSED' } });
  });

  test.each([
    ['CommandContainsSecret', 'Execute : **secret**'],
    ['OutputContainsSecret', 'Output : **secret**'],
  ])('%s masks it', async (property, expected) => {
    const { result } = await onHost(host, [connect(false), run('fine', { [property]: true })]);
    expect((result.trace ?? []).map(({ text }) => text)).toContain(expected);
  });
});

describe('a dialogue', () => {
  const send = (buffer: string, more: object = {}): object => ({
    Send: { ConnectionObjectName: 'C', Buffer: buffer, ...more },
  });
  const receive = (more: object = {}): object => ({
    Receive: { ConnectionObjectName: 'C', BufferName: 'B', ExpectTimeout: 5000, ...more },
  });
  const host: SshDescription = {
    prompt: '$ ',
    echo: false,
    commands: [
      { command: 'one', output: 'First LINE\nsecond\n' },
      { command: 'two', output: 'more\n' },
    ],
  };

  test('appends, with options of the pattern', async () => {
    const { result } = await onHost(host, [
      connect(true),
      receive({ ExpectRegex: '\\$ $' }),
      send('one'),
      receive({ ExpectRegex: '^second', ExpectOptions: ['Multiline'] }),
      send('two\n'),
      receive({ ExpectRegex: 'MORE', ExpectOptions: 'IgnoreCase', Append: true, TimeoutResultVariableName: 'Late' }),
      write('Regex.Replace(B, @"\\r|\\$ ", "") + Late'),
    ]);
    expect(result).toMatchObject({ error: null, response: 'First LINE\nsecond\nmore\nFalse' });
  });

  test('ends a line only once, and not where EndOfDataSuffix is empty', async () => {
    const { commands } = await onHost(host, [
      connect(true),
      receive({ ExpectRegex: '\\$ $' }),
      send('o', { EndOfDataSuffix: '' }),
      send('ne', { EndOfDataSuffix: '\r' }),
      receive({ ExpectRegex: 'second' }),
      send('two\n'),
      receive({ ExpectRegex: 'more' }),
    ]);
    expect(commands).toMatchObject([{ command: 'one' }, { command: 'two' }]);
  });

  test('cannot be had without a terminal', async () => {
    const { result } = await onHost(host, [connect(false), send('one')]);
    expect(result.error?.message).toBe('Command Send failed with an error: An interactive session is required');
  });

  test('is masked where it contains a secret', async () => {
    const { result } = await onHost(host, [
      connect(true),
      receive({ ExpectRegex: '\\$ $' }),
      send('one', { ContainsSecret: true }),
      receive({ ExpectRegex: 'second', ContainsSecret: true }),
    ]);
    const texts = (result.trace ?? []).map(({ text }) => text);
    expect(texts).toContain('Send : **secret**');
    expect(texts).toContain('Receive : **secret**');
  });
});

describe('Disconnect', () => {
  const close = (name?: string): object => ({ Disconnect: name === undefined ? {} : { ConnectionObjectName: name } });

  test('minds nothing that is not open, and takes the only connection without a name', async () => {
    const { result } = await onHost({}, [close('None'), connect(true), close('C'), close('C'), connect(true), close()]);
    expect(result).toMatchObject({ error: null, outcome: 'success' });
    expect(result.problems.map(({ code }) => code)).toEqual(['E16']);
  });

  test('ends what is sent afterwards', async () => {
    const { result } = await onHost({}, [
      connect(true),
      close('C'),
      { Send: { ConnectionObjectName: 'C', Buffer: 'x' } },
    ]);
    expect(result.error?.code).toBe('TARGET_CLOSED');
  });
});

// crypt(3) of glibc knows these; no JavaScript does.
const systemHashes = [
  '$2b$04$abcdefghijklmnopqrstuufiKTd1WRTcwiZmlRMAQRjlk1.hWLMlC',
  '$y$j75$abcdefgh01234567$je8yVHfRS4WjIy4sV/juaf1SleYKC9FqfcNHnerN1N/',
  '$7$6/..../....saltsalt$lhV11r2VYgbSfJDLupMs0Oc2tgUABx8lIvitPjwj/05',
];

test.runIf(process.platform === 'linux').each(systemHashes)('%s is compared by the system', async (hash) => {
  const compare = (password: string): Promise<RunResult> =>
    runSteps({
      steps: [
        {
          CompareShadowHash: { Password: password, SaltedHash: `svc:${hash}:19000:0:99999:7:::`, ResultVariable: 'R' },
        },
        { Return: { Value: '%R%' } },
      ],
    });
  expect(await compare('pass-Word1')).toMatchObject({ error: null, value: true });
  expect(await compare('pass-Word2')).toMatchObject({ error: null, value: false });
});
