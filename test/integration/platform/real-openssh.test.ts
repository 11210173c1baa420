import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openScript, type ScriptRunOptions } from '../../../src/platform/run/open-script.ts';
import type { RunResult } from '../../../src/platform/run/run-result.ts';
import { makeTemporaryFolder } from '../../../src/process/folders/make-temporary-folder.ts';
import { noRealSshd, type RealSshd, startRealSshd, withRealSshd } from './real-sshd.ts';

const parameters = ['Address', 'HostKey', 'Login', 'Managed'];
const secrets = ['Password', 'UserKey', 'NewPassword'];
const declared = [
  { Port: { Type: 'Integer' } },
  ...parameters.map((name) => ({ [name]: { Type: 'String' } })),
  ...secrets.map((name) => ({ [name]: { Type: 'Secret' } })),
];

const connect = (more: object = {}): object => ({
  Connect: {
    ConnectionObjectName: 'C',
    Type: 'Ssh',
    NetworkAddress: '%Address%',
    Port: '%Port%',
    Login: '%Login%',
    Password: '%Password::$%',
    UserKey: '%UserKey::$%',
    HostKey: '%HostKey::$%',
    ...more,
  },
});
const execute = (command: string, more: object = {}): object => ({
  ExecuteCommand: {
    ConnectionObjectName: 'C',
    Command: command,
    BufferName: 'Out',
    StderrBufferName: 'Err',
    ExitStatusBufferName: 'Code',
    ...more,
  },
});
const send = (text: string): object => ({ Send: { ConnectionObjectName: 'C', Buffer: text } });
const receive = (pattern: string): object => ({
  Receive: { ConnectionObjectName: 'C', BufferName: 'B', ExpectRegex: pattern, ExpectTimeout: 10_000 },
});
const yes = { Return: { Value: true } };

/** Steps within a `Try` whose `Catch` tells of the error that it got. */
const caught = (...steps: object[]): object[] => [
  { SetItem: { Name: 'Out', Value: '' } },
  { SetItem: { Name: 'Code', Value: 0 } },
  { Try: { Do: steps, Catch: [{ Log: { Text: 'caught: %Exception%' } }] } },
  { Log: { Text: '%Out%|%Code%' } },
  yes,
];

describe.skipIf(noRealSshd !== undefined)(withRealSshd('a real OpenSSH server'), () => {
  let sshd: RealSshd;
  let folder: string;
  beforeAll(async () => {
    folder = makeTemporaryFolder();
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path.join(folder, 'key')]);
    sshd = await startRealSshd([
      {
        name: 'svc',
        password: 'svc-Pass1',
        sudo: 'NOPASSWD: ALL',
        keys: [readFileSync(path.join(folder, 'key.pub'), 'utf8')],
      },
      { name: 'svcpw', password: 'svcpw-Pass1', sudo: 'ALL' },
      { name: 'managed', password: 'old-Pass1', hash: 'sha512' },
    ]);
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await sshd.stop();
  });

  async function run(steps: readonly object[], options: ScriptRunOptions = {}): Promise<RunResult> {
    const file = path.join(folder, 'script.json');
    const operation = { Parameters: declared, Do: steps };
    writeFileSync(file, JSON.stringify({ Id: 'Test', BackEnd: 'Scriptable', CheckPassword: operation }));
    const given = { Address: '127.0.0.1', Port: sshd.port, HostKey: sshd.hostKey, Login: 'svc', Password: 'svc-Pass1' };
    return (await openScript(file)).run('CheckPassword', {
      quietMs: 100,
      maxRunMs: 60_000,
      ...options,
      parameters: { ...given, ...options.parameters },
    });
  }

  const login = async (password: string): Promise<string> => {
    const steps = [{ Try: { Do: [connect()], Catch: [{ Return: { Value: false } }] } }, yes];
    return (await run(steps, { parameters: { Login: 'managed', Password: password } })).outcome;
  };

  const sample = async (operation: string, parameters: ScriptRunOptions['parameters']): Promise<RunResult> => {
    const script = await openScript('sample-plugins/platform/linux/linux.json');
    const given = { Address: '127.0.0.1', Port: sshd.port, HostKey: sshd.hostKey, ...parameters };
    return script.run(operation, { quietMs: 100, maxRunMs: 60_000, yes: true, parameters: given });
  };

  test.each([
    ['without a password', { FuncUserName: 'svc', FuncPassword: 'svc-Pass1' }, 'old-Pass1', 'new-Pass2'],
    ['with a password', { FuncUserName: 'svcpw', FuncPassword: 'svcpw-Pass1' }, 'new-Pass2', 'newer-Pass3'],
  ])(
    'the sample changes a password by a sudo %s, with the login before and after',
    async (_, service, before, after) => {
      const hash = sshd.hashOf('managed');
      expect([await login(before), await login(after)]).toEqual(['success', 'mismatch']);
      const managed = { ...service, AccountUserName: 'managed' };
      const success = { outcome: 'success', error: null };
      expect(await sample('CheckSystem', service)).toMatchObject(success);
      expect(await sample('CheckPassword', { ...managed, AccountPassword: before })).toMatchObject(success);
      expect(await sample('ChangePassword', { ...managed, NewPassword: after })).toMatchObject(success);
      expect((await sample('CheckPassword', { ...managed, AccountPassword: before })).outcome).toBe('mismatch');
      expect(await sample('CheckPassword', { ...managed, AccountPassword: after })).toMatchObject(success);
      expect([await login(before), await login(after)]).toEqual(['mismatch', 'success']);
      expect(sshd.hashOf('managed')).not.toBe(hash);
    },
  );

  test('a password is changed by a command with its input', async () => {
    const result = await run(
      [
        connect({ RequestTerminal: false }),
        execute('sudo passwd %Managed%', { Stdin: ['%NewPassword%', '%NewPassword%'], InputContainsSecret: true }),
        { Return: { Value: '%{ Code == 0 }%' } },
      ],
      { parameters: { Managed: 'managed', NewPassword: 'newest-Pass4' } },
    );
    expect(result).toMatchObject({ outcome: 'success', error: null });
    expect(await login('newest-Pass4')).toBe('success');
  });

  test('the wrong host key ends the connection before a name or a password is sent', async () => {
    const before = sshd.said.length;
    const wrong = `${sshd.hostKey.slice(0, -6)}AAAAAA`;
    const result = await run([connect(), yes], { parameters: { HostKey: wrong } });
    expect(result).toMatchObject({
      outcome: 'error',
      taskStatus: 'SshHostKeyMismatch',
      error: { code: 'HOST_KEY_MISMATCH' },
    });
    await expect.poll(() => sshd.said.slice(before).join('\n')).toMatch(/closed by|reset by|Unable to negotiate/);
    expect(sshd.said.slice(before).join('\n')).not.toMatch(/svc|password/);
  });

  test('a host without a known key is taken as it is when that is accepted, and it is told', async () => {
    const parameters = { HostKey: null };
    expect((await run([connect(), yes], { parameters })).error?.code).toBe('HOST_KEY_MISSING');
    const accepted = await run([connect(), yes], { parameters, acceptHostKey: true });
    expect(accepted).toMatchObject({ outcome: 'success', problems: [{ code: 'HOST_KEY_ACCEPTED' }] });
    expect(accepted.problems[0]?.message).toContain(sshd.hostKey);
  });

  test('a private key logs in, and another one does not', async () => {
    const key = readFileSync(path.join(folder, 'key'), 'utf8');
    const parameters = { Password: null, UserKey: key };
    const steps = [
      connect({ RequestTerminal: false }),
      execute('id -un'),
      { Return: { Value: '%{ Out == "svc\\n" }%' } },
    ];
    expect(await run(steps, { parameters })).toMatchObject({ outcome: 'success', error: null });
    const refused = await run(steps, { parameters: { ...parameters, Login: 'managed' } });
    expect(refused.error?.code).toBe('LOGIN_REFUSED');
    const unusable = await run(steps, { parameters: { ...parameters, UserKey: key.slice(0, 100) } });
    expect(unusable.error).toMatchObject({
      code: 'LOGIN_REFUSED',
      hint: 'UserKey is no private key of OpenSSH or PEM without a passphrase.',
    });
  });

  test('a command that says more than a value may hold ends the run', async () => {
    const result = await run([connect({ RequestTerminal: false }), execute('head -c 17000000 /dev/zero'), yes]);
    expect(result.error?.code).toBe('BUDGET_EXCEEDED');
  });

  describe('that dies in the middle', () => {
    const die = 'kill -9 $PPID';

    test('ends a command with an error that a Try catches', async () => {
      const result = await run(
        caught(connect({ RequestTerminal: false }), execute(`echo begun; sleep 0.5; ${die}; sleep 60`)),
      );
      expect(result).toMatchObject({ outcome: 'success', error: null });
      expect(result.log.map(({ text }) => text)).toEqual([
        'caught: Command ExecuteCommand failed with an error: connection closed by remote host',
        'begun\n|-1',
      ]);
      const uncaught = await run([connect({ RequestTerminal: false }), execute(`${die}; sleep 60`), yes]);
      expect(uncaught.error?.code).toBe('TARGET_CLOSED');
    });

    test('ends a command without one when exceptions are suppressed', async () => {
      const steps = caught(
        connect({ RequestTerminal: false }),
        execute(`echo begun; sleep 0.5; ${die}; sleep 60`, { SuppressExceptions: true }),
      );
      expect((await run(steps)).log.map(({ text }) => text)).toEqual(['begun\n|-1']);
    });

    test('gives a Receive what came until then, and the next one an error that a Try catches', async () => {
      const steps = [connect(), receive('[$] $'), send(`stty -echo; echo begun; sleep 0.5; ${die}`), receive('never')];
      const next = receive('never');
      const result = await run(caught(...steps, { Log: { Text: '%B%' } }, next));
      expect(result).toMatchObject({ outcome: 'success', error: null });
      const [first, second] = result.log.map(({ text }) => text);
      expect(first).toMatch(/begun\r\n$/);
      expect(second).toBe('caught: Command Receive failed with an error: connection closed by remote host');
      expect((await run([...steps, next, yes])).error?.code).toBe('TARGET_CLOSED');
      const sending = await run([...steps, send('hello'), yes]);
      expect(sending.error?.code).toBe('TARGET_CLOSED');
    });
  });

  test('a session ends with the run: nothing stays on the host', async () => {
    const result = await run([connect({ RequestTerminal: false }), execute('sleep 300'), yes], { maxRunMs: 1500 });
    expect(result.error?.code).toBe('RUN_TIMEOUT');
    const sessions = 'grep -l "^Name:.sshd" /proc/[0-9]*/status 2>/dev/null | xargs grep -lw "^Uid:.$(id -u)" | wc -l';
    const left = [connect({ RequestTerminal: false }), execute(sessions), { Log: { Text: '%Out%' } }, yes];
    await expect.poll(async () => (await run(left)).log[0]?.text.trim(), { timeout: 20_000 }).toBe('1');
  });
});
