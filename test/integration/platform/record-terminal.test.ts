import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noRealSshd, type RealSshd, startRealSshd, withRealSshd } from './real-sshd.ts';
import { noRealTelnetd, type RealTelnetd, startRealTelnetd } from './real-telnetd.ts';
import { declare, makeScript, type RecordedScript, verdictOf } from './recorded.ts';

const service = 'svc-Pass1';
const old = 'old-Pass1';
const fresh = 'fresh-Pass2';

const given = {
  Address: '127.0.0.1',
  Port: 0,
  HostKey: '',
  FuncUserName: 'svc',
  FuncPassword: service,
  AccountUserName: 'managed',
  AccountPassword: old,
  NewPassword: fresh,
};
const connect = (more: object = {}): object => ({
  Connect: {
    ...{ ConnectionObjectName: 'C', Type: 'Ssh', NetworkAddress: '%Address%', Port: '%Port%' },
    ...{ Login: '%FuncUserName%', Password: '%FuncPassword%', HostKey: '%HostKey%', ...more },
  },
});
const execute = (command: string, more: object = {}): object => ({
  ExecuteCommand: {
    ...{ ConnectionObjectName: 'C', Command: command, BufferName: 'Out' },
    ...{ StderrBufferName: 'Err', ExitStatusBufferName: 'Code', ...more },
  },
});
const send = (text: string, more: object = {}): object => ({
  Send: { ConnectionObjectName: 'C', Buffer: text, ...more },
});
const receive = (pattern: string, more: object = {}): object => ({
  Receive: { ConnectionObjectName: 'C', BufferName: 'B', ExpectRegex: pattern, ExpectTimeout: 10_000, ...more },
});
const say = (text: string): object => ({ Log: { Text: text } });
const operation = (...steps: object[]): object => ({ Parameters: declare(given), Do: steps });
const hidden = { ContainsSecret: true };

/** A change of a password in a shell, with the password of sudo and that of the account asked for. */
const dialogue = [
  receive('[$] $'),
  send('sudo -k passwd %AccountUserName%; echo CODE=$?'),
  receive('password for .*: $'),
  send('%FuncPassword%', hidden),
  receive('New password: $'),
  send('%NewPassword%', hidden),
  receive('Retype new password: $'),
  send('%NewPassword%', hidden),
  receive('CODE=[0-9]+\r?\n'),
  { Return: { Value: '%{ Regex.IsMatch(B, "CODE=0") }%' } },
];

const operations = {
  CheckSystem: operation(
    connect({ RequestTerminal: false }),
    execute('id -un; echo warned >&2; exit 3'),
    say('%Out%|%Err%|%Code%'),
    { Return: { Value: '%{ Code == 3 }%' } },
  ),
  CheckPassword: operation(
    connect({ RequestTerminal: false }),
    execute('sudo -S -p "" getent shadow %AccountUserName%', {
      Stdin: ['%FuncPassword%'],
      InputContainsSecret: true,
      OutputContainsSecret: true,
    }),
    { CompareShadowHash: { Password: '%AccountPassword%', SaltedHash: '%Out%', ResultVariable: 'Same' } },
    { Return: { Value: '%Same%' } },
  ),
  ChangeSshKey: operation(connect(), ...dialogue),
  ChangePassword: operation(
    connect(),
    receive('[$] $'),
    send('stty -echo'),
    receive('[$] $'),
    send(
      'echo "%FuncPassword%" | sudo -S -p "" sh -c "echo \'%AccountUserName%:%NewPassword%\' | chpasswd -c SHA512"; echo CODE=$?',
      hidden,
    ),
    receive('CODE=[0-9]+\r?\n'),
    { Return: { Value: '%{ Regex.IsMatch(B, "CODE=0") }%' } },
  ),
  /** Two receipts for one command, one that waits for the line to be quiet, one in vain. */
  DiscoverServices: operation(
    connect(),
    receive('[$] $'),
    send('printf one; sleep 0.5; echo two'),
    { Receive: { ConnectionObjectName: 'C', BufferName: 'B', ExpectTimeout: 5000 } },
    say('%B%'),
    receive('two'),
    receive('never', { ExpectTimeout: 100, TimeoutResultVariableName: 'InVain' }),
    { Return: { Value: '%InVain%' } },
  ),
  CheckSshKey: operation(
    {
      Try: {
        Do: [connect({ Login: '%AccountUserName%', Password: 'is-Not-It' })],
        Catch: [{ Return: { Value: false } }],
      },
    },
    { Return: { Value: true } },
  ),
};

describe.skipIf(noRealSshd !== undefined)(withRealSshd('a run with --record on a real OpenSSH server'), () => {
  let sshd: RealSshd;
  beforeAll(async () => {
    sshd = await startRealSshd([
      { name: 'svc', password: service, sudo: 'ALL' },
      { name: 'managed', password: old, hash: 'sha512' },
    ]);
  });
  afterAll(() => sshd.stop());

  const make = (): RecordedScript => makeScript(operations);
  const withHost = (more: object = {}): Record<string, unknown> => ({
    ...given,
    Port: sshd.port,
    HostKey: sshd.hostKey,
    ...more,
  });

  test.each([
    ['CheckSystem', 'success', {}],
    ['CheckPassword', 'success', {}],
    ['CheckPassword', 'mismatch', { AccountPassword: 'another-Pass3' }],
    ['CheckSshKey', 'mismatch', {}],
    [
      'CheckSystem',
      'error',
      { HostKey: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' },
    ],
    ['DiscoverServices', 'success', {}],
    ['ChangeSshKey', 'success', {}],
    ['ChangePassword', 'success', { NewPassword: 'It#s-Pass4' }],
  ])('%s is recorded as %s, without a secret, and passes without the server', async (name, outcome, more) => {
    const script = make();
    const { result, text } = await script.record(name, withHost(more));
    expect([result.outcome, result.problems]).toEqual([outcome, []]);
    for (const secret of [service, old, fresh, 'another-Pass3', 'It#s-Pass4']) expect(text).not.toContain(secret);
    expect(verdictOf(await script.replay())).toBe('passed');
  });

  test('what a script that was changed says is not answered', async () => {
    const script = make();
    await script.record('ChangeSshKey', withHost());
    const impatient = (source: string): string => source.replaceAll('"ExpectTimeout": 10000', '"ExpectTimeout": 500');
    const changed = (source: string): string => impatient(source).replace('"%NewPassword%"', '"%AccountPassword%"');
    expect(verdictOf(await script.replay({ script: changed }))).toContain('the dialogue does not expect this input');
    const other = (source: string): string => impatient(source).replace('sudo -k passwd', 'sudo -k chpasswd');
    expect(verdictOf(await script.replay({ script: other }))).toContain('no command answers this line');
  });
});

describe.skipIf(noRealTelnetd !== undefined)('a run with --record on a real Telnet server', () => {
  let telnetd: RealTelnetd;
  beforeAll(async () => {
    telnetd = await startRealTelnetd('svc', service);
  });
  afterAll(() => telnetd.stop());

  const login = (...steps: object[]): object =>
    operation(
      connect({ Type: 'Telnet' }),
      receive('login: $'),
      send('%FuncUserName%'),
      receive('Password: $'),
      send('%FuncPassword%', hidden),
      receive('(> |incorrect\\s+)$'),
      ...steps,
    );
  const script = {
    CheckSystem: login(send('echo $((6 * 7))'), receive('> $'), say('%B%'), send('exit'), {
      Return: { Value: '%{ B.Contains("42") }%' },
    }),
    CheckPassword: login({ Return: { Value: '%{ B.EndsWith("> ") }%' } }),
  };

  test.each([
    ['CheckSystem', 'success', service],
    ['CheckPassword', 'success', service],
    ['CheckPassword', 'mismatch', 'wrong-Pass9'],
  ])('%s is recorded as %s, without a secret, and passes without the server', async (name, outcome, password) => {
    const made = makeScript(script);
    const { result, text } = await made.record(name, { ...given, Port: telnetd.port, FuncPassword: password });
    expect([result.outcome, result.problems]).toEqual([outcome, []]);
    expect(text).not.toContain(password);
    expect(verdictOf(await made.replay())).toBe('passed');
  });
});
