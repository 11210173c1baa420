import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeTemporaryFolder } from '../../../src/process/folders/make-temporary-folder.ts';
import { noRealSshd, type RealSshd, startRealSshd, withRealSshd } from '../../integration/platform/real-sshd.ts';
import { scriptsFolder } from './find-script.ts';
import { operate as operateIn, type Surroundings } from './operate.ts';

const isPossible = scriptsFolder !== undefined && noRealSshd === undefined;

/** Passwords of the managed users as they are now. */
const now = { managed: 'old-Pass0', modern: 'old-Pass0' };
let count = 0;
let sshd: RealSshd;
let folder: string;
const keys: Record<string, { private: string; public: string }> = {};

/** What may be asked of the restricted key. */
const restricted = `#!/bin/bash
case "$SSH_ORIGINAL_COMMAND" in
"sudo "*) exec $SSH_ORIGINAL_COMMAND ;;
*) echo "only sudo" >&2; exit 126 ;;
esac
`;

const fakeSystemctl = `#!/bin/sh
case "$1" in
list-units) printf 'ssh.service loaded active running OpenSSH\\ncron.service loaded active running Cron\\n' ;;
show) case "$*" in *Description*) echo "A service" ;; *) echo daemon ;; esac ;;
esac
`;

describe.runIf(isPossible)(withRealSshd('on OpenSSH'), () => {
  beforeAll(async () => {
    folder = makeTemporaryFolder();
    for (const name of ['service', 'restricted', 'old', 'new', 'other'])
      keys[name] = makeKey(path.join(folder, name), `${name} key`);
    sshd = await startRealSshd([
      { name: 'svc', password: 'svc-Pass1', sudo: 'NOPASSWD: ALL', keys: [keyOf('service').public] },
      { name: 'svcpw', password: 'svcpw-Pass1', sudo: 'ALL' },
      { name: 'nosudo', password: 'nosudo-Pass1' },
      { name: 'svc@corp.test', password: 'svc-Pass1', sudo: 'NOPASSWD: ALL' },
      {
        name: 'restricted',
        sudo: 'NOPASSWD: /usr/bin/id *, /usr/bin/cat /etc/shadow, /usr/bin/passwd *',
        keys: [`restrict,command="/home/restricted/only-sudo" ${keyOf('restricted').public}`],
      },
      { name: 'managed', password: now.managed, hash: 'sha512', groups: ['operators', 'backup-people'] },
      { name: 'modern', password: now.modern },
      { name: 'keyed', keys: [`no-pty ${keyOf('other').public}`, '# a comment', keyOf('old').public] },
    ]);
    const program = (file: string, text: string): void => {
      writeFileSync(sshd.outside(file), text);
      chmodSync(sshd.outside(file), 0o755);
    };
    program('/home/restricted/only-sudo', restricted);
    mkdirSync(sshd.outside('/home/programs'), { mode: 0o755 });
    program('/home/programs/systemctl', fakeSystemctl);
    appendFileSync(sshd.outside('/etc/profile'), '\nPATH=/home/programs:$PATH\n');
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await sshd.stop();
  });

  const surroundings = (isForced = false): Surroundings => ({
    parameters: {
      Address: '127.0.0.1',
      Port: sshd.port,
      HostKey: sshd.hostKey,
      FuncUserName: 'svc',
      FuncPassword: 'svc-Pass1',
      AccountUserName: 'managed',
      AccountPassword: now.managed,
      DelegationPrefix: 'sudo',
      DiscoveryQuery: {},
    },
    isForced,
  });
  const operate = (
    script: string,
    operation: string,
    situation: string,
    expected: object,
    parameters: Readonly<Record<string, unknown>> = {},
    isForced = false,
  ) => operateIn(surroundings(isForced), { script, operation, situation, parameters }, expected);
  const success = { outcome: 'success', error: null };
  const mismatch = { outcome: 'mismatch', value: false };
  const failure = { outcome: 'failure', value: false };
  const withPassword = { FuncUserName: 'svcpw', FuncPassword: 'svcpw-Pass1' };
  const withoutSudo = { FuncUserName: 'nosudo', FuncPassword: 'nosudo-Pass1' };
  const statusNames = (...names: string[]): object => ({
    status: expect.arrayContaining(names.map((name) => expect.objectContaining({ name }) as unknown)) as unknown,
  });

  /** Changes a password by a script, and sees that the hash is another one and the login another one. */
  async function change(
    script: string,
    user: keyof typeof now,
    situation: string,
    more: object = {},
    isForced = false,
  ) {
    const before = sshd.hashOf(user);
    count += 1;
    const next = `New-Pass${count}`;
    const given = { AccountUserName: user, AccountPassword: now[user], NewPassword: next, ...more };
    await operate(script, 'ChangePassword', situation, success, given, isForced);
    expect(sshd.hashOf(user)).not.toBe(before);
    now[user] = next;
  }

  async function checkHostKey(script: string, isForced = false): Promise<void> {
    const expected = { ...success, response: sshd.hostKey };
    await operate(script, 'DiscoverSshHostKey', 'the host shows its key', expected, {}, isForced);
  }

  async function checkSystem(script: string): Promise<void> {
    await operate(script, 'CheckSystem', 'sudo without a password', success);
    await operate(script, 'CheckSystem', 'sudo with a password', success, withPassword);
    await operate(script, 'CheckSystem', 'no sudo', failure, withoutSudo);
    await operate(
      script,
      'CheckSystem',
      'wrong password',
      { outcome: 'error', taskStatus: 'Failure' },
      { FuncPassword: 'wrong' },
    );
    const other = { HostKey: `${sshd.hostKey.slice(0, -6)}AAAAAA` };
    await operate(script, 'CheckSystem', 'another host key', { taskStatus: 'SshHostKeyMismatch' }, other);
  }

  async function checkPassword(script: string, isForced = false): Promise<void> {
    const run = (situation: string, expected: object, parameters = {}) =>
      operate(script, 'CheckPassword', situation, expected, parameters, isForced);
    await run('right, SHA-512', success);
    await run('right, yescrypt', success, { AccountUserName: 'modern', AccountPassword: now.modern });
    await run('wrong', mismatch, { AccountPassword: 'wrong' });
    await run('sudo with a password', success, withPassword);
    await run('no such account', { ...mismatch, ...statusNames('AccountNotFound') }, { AccountUserName: 'nobody9' });
  }

  const linux = ['GenericLinux', 'GenericLinuxWithAD', 'GenericLinuxWithDiscovery', 'GenericLinuxWithSSHKeySupport'];

  test.each(linux)('%s', async (script) => {
    await checkHostKey(script);
    await checkSystem(script);
    await checkPassword(script);
    await change(script, 'managed', 'sudo without a password');
    await change(script, 'modern', 'sudo without a password, yescrypt');
    await checkPassword(script);
    // It never sets the prompt of sudo for which it waits.
    await operate(script, 'ChangePassword', 'sudo asks with its own prompt', failure, {
      ...withPassword,
      NewPassword: 'x',
    });
    const unknown = { AccountUserName: 'nobody9', NewPassword: 'x' };
    await operate(script, 'ChangePassword', 'no such account', failure, unknown);
  });

  test('GenericLinuxWithAD logs in as a user of the domain', async () => {
    const parameters = { FuncUserDomain: 'corp.test' };
    for (const operation of ['CheckSystem', 'CheckPassword'])
      await operate('GenericLinuxWithAD', operation, 'service user of a domain', success, parameters);
    await change('GenericLinuxWithAD', 'managed', 'service user of a domain', parameters);
  });

  test('GenericLinuxWithDiscovery finds users with their groups', async () => {
    for (const [situation, parameters] of [
      ['without sudo', { DelegationPrefix: '' }],
      ['sudo without a password', {}],
      ['sudo with a password', withPassword],
    ] as const) {
      const { discovered } = await operate(
        'GenericLinuxWithDiscovery',
        'DiscoverAccounts',
        situation,
        success,
        parameters,
      );
      const managed = discovered.accounts.find(({ name }) => name === 'managed');
      const groups = managed?.['groups'] as { name: string; id: string }[];
      expect(groups.map(({ name }) => name)).toEqual(['managed', 'operators', 'backup-people']);
      expect(managed).toMatchObject({ userId: groups[0]?.id, groupId: groups[0]?.id });
      const lines = readFileSync(sshd.outside('/etc/passwd'), 'utf8').trim().split('\n');
      expect(discovered.accounts).toHaveLength(lines.length);
    }
    await operate(
      'GenericLinuxWithDiscovery',
      'DiscoverAccounts',
      'wrong password',
      { outcome: 'error' },
      { FuncPassword: 'no' },
    );
  });

  test('GenericLinuxWithSSHKeySupport finds, checks and rotates keys, and takes a change back', async () => {
    const script = 'GenericLinuxWithSSHKeySupport';
    const file = sshd.outside('/home/keyed/.ssh/authorized_keys');
    const keyed = { AccountUserName: 'keyed' };
    const key = (name: string): string => keyOf(name).public.split(' ').slice(0, 2).join(' ');
    const { discovered } = await operate(script, 'DiscoverAuthorizedKeys', 'two keys and a comment', success, keyed);
    expect(discovered.sshKeys).toMatchObject([
      { comment: 'other key\r' },
      { keyType: 'ssh-ed25519', comment: 'old key\r' },
    ]);
    await operate(script, 'CheckSshKey', 'is there', success, { ...keyed, OldSshKey: key('old') });
    await operate(script, 'CheckSshKey', 'is not there', mismatch, { ...keyed, OldSshKey: key('new') });
    await operate(script, 'CheckSshKey', 'sudo with a password', success, {
      ...keyed,
      ...withPassword,
      OldSshKey: key('old'),
    });
    const before = readFileSync(file, 'utf8');
    const rotation = { ...keyed, OldSshKey: key('old'), NewSshKey: key('new') };
    const wrong = { ...rotation, NewSshPrivateKey: keyOf('service').private };
    await operate(script, 'ChangeSshKey', 'the new key does not log in: taken back', { outcome: 'error' }, wrong);
    expect(readFileSync(file, 'utf8')).toBe(before);
    await operate(script, 'ChangeSshKey', 'rotation with a login', success, {
      ...rotation,
      NewSshPrivateKey: keyOf('new').private,
    });
    const after = readFileSync(file, 'utf8');
    expect(after).toContain(key('new'));
    expect(after).not.toContain(key('old'));
    expect(after).toContain(key('other'));
    const home = statSync(sshd.outside('/home/keyed'));
    expect(statSync(file)).toMatchObject({ uid: home.uid, mode: 0o100600 });
  });

  test('LinuxApplicationTextConfig changes a line of a file', async () => {
    const script = 'LinuxApplicationTextConfig';
    await checkHostKey(script);
    await checkSystem(script);
    await operate(script, 'CheckPassword', 'which it does not implement', mismatch);
    const file = sshd.outside('/home/svc/application.conf');
    writeFileSync(file, 'user=app\npassword=old-Pass0\nport=1\n');
    const config = {
      ApplicationFilePath: '/home/svc/',
      ApplicationFileName: 'application.conf',
      ApplicationPasswordPrefix: 'password=',
    };
    for (const [situation, parameters, password] of [
      ['sudo without a password', {}, 'New-Pass1'],
      ['sudo with a password', withPassword, 'New-Pass2'],
    ] as const) {
      await operate(script, 'ChangePassword', situation, success, { ...config, ...parameters, NewPassword: password });
      expect(readFileSync(file, 'utf8')).toBe(`user=app\npassword=${password}\nport=1\n`);
    }
    const missing = { ...config, ApplicationFileName: 'none.conf', NewPassword: 'x' };
    await operate(script, 'ChangePassword', 'no such file', failure, missing);
  });

  test('TemplateSshMinimal runs; what it finds is a matter of timing', async () => {
    const { value } = await operate('TemplateSshMinimal', 'CheckSystem', 'its pattern matches its own echo', {
      error: null,
    });
    expect(value).toBeTypeOf('boolean');
    await operate('TemplateSshMinimal', 'CheckSystem', 'wrong password', failure, { FuncPassword: 'wrong' });
  });

  test('LinuxSshBatchModeExample', async () => {
    const script = 'LinuxSshBatchModeExample';
    await checkHostKey(script);
    await operate(script, 'CheckSystem', 'login by password', success);
    const keyLogin = { FuncPassword: null, UserKey: keyOf('service').private };
    await operate(script, 'CheckSystem', 'login by key', success, keyLogin);
    await operate(script, 'CheckSystem', 'wrong password', { outcome: 'error' }, { FuncPassword: 'wrong' });
    await operate(script, 'CheckPassword', 'right, SHA-512', success);
    const modern = { AccountUserName: 'modern', AccountPassword: now.modern };
    await operate(script, 'CheckPassword', 'right, yescrypt', success, modern);
    await operate(script, 'CheckPassword', 'wrong', mismatch, { AccountPassword: 'wrong' });
    await operate(script, 'CheckPassword', 'sudo with a password', success, withPassword);
    await operate(script, 'CheckPassword', 'no such account', { outcome: 'error' }, { AccountUserName: 'nobody9' });
    await change(script, 'managed', 'sudo without a password');
    await change(script, 'modern', 'sudo with a password', withPassword);
    await operate(script, 'ChangePassword', 'no sudo', { outcome: 'error' }, { ...withoutSudo, NewPassword: 'x' });
    await operate(script, 'CheckPassword', 'after the change', success);
  });

  test('RestrictedAuthorizedKeyExample', async () => {
    const script = 'RestrictedAuthorizedKeyExample';
    const login = { FuncUserName: 'restricted', FuncPassword: null, UserKey: keyOf('restricted').private };
    await checkHostKey(script);
    await operate(script, 'CheckSystem', 'restricted key', success, login);
    await operate(
      script,
      'CheckSystem',
      'another key',
      { outcome: 'error' },
      { ...login, UserKey: keyOf('new').private },
    );
    await operate(script, 'CheckPassword', 'right', success, login);
    await operate(script, 'CheckPassword', 'wrong', mismatch, { ...login, AccountPassword: 'wrong' });
    await change(script, 'managed', 'restricted key', login);
    await operate(script, 'CheckPassword', 'after the change', success, login);
  });

  test('Pattern-GenericLinuxDependentSystem', async () => {
    const script = 'Pattern-GenericLinuxDependentSystem';
    for (const [situation, parameters] of [
      ['sudo without a password', {}],
      ['sudo with a password', withPassword],
    ] as const) {
      await operate(script, 'CheckSystem', situation, success, parameters);
      const dependent = { ...parameters, DependentCommand: '/usr/bin/tee', CommandArguments: '/home/dependent' };
      await operate(script, 'UpdateDependentSystem', situation, success, { ...dependent, NewPassword: 'New-Pass1' });
      const lines = readFileSync(sshd.outside('/home/dependent'), 'utf8').trim().split('\n');
      expect(lines.slice(-3)).toEqual(['managed', now.managed, 'New-Pass1']);
      rmSync(sshd.outside('/home/dependent'));
    }
    const failing = { DependentCommand: '/usr/bin/false', NewPassword: 'x' };
    await operate(script, 'UpdateDependentSystem', 'the command fails', { outcome: 'error' }, failing);
    const ignored = { ...failing, ReportExitStatus: false };
    await operate(script, 'UpdateDependentSystem', 'the command fails, ignored', success, ignored);
    await operate(script, 'CheckSystem', 'wrong password', { outcome: 'error' }, { FuncPassword: 'wrong' });
  });

  test('Pattern-GenericLinuxServiceDiscovery discovers nothing, because its quotes expand too early', async () => {
    const script = 'Pattern-GenericLinuxServiceDiscovery';
    await operate(script, 'CheckSystem', 'login by password', success);
    const { discovered } = await operate(script, 'DiscoverServices', 'two services', success);
    expect(discovered.services).toEqual([]);
  });

  test('Pattern-GenericLinuxFileManagement has a variable that its functions do not see', async () => {
    const script = 'Pattern-GenericLinuxFileManagement';
    const file = { FileBase64String: Buffer.from('text').toString('base64'), TargetPath: '/home/svc/file' };
    await operate(script, 'CheckSystem', 'login by password', success, {}, true);
    for (const operation of ['CheckFile', 'ChangeFile'])
      await operate(script, operation, 'undeclared StageFilePath', { outcome: 'error' }, file, true);
  });

  test('Pattern-GenericLinuxFull', async () => {
    const script = 'Pattern-GenericLinuxFull';
    await checkHostKey(script, true);
    await operate(script, 'CheckSystem', 'sudo without a password', success, {}, true);
    await operate(script, 'CheckSystem', 'no sudo', failure, withoutSudo, true);
    await checkPassword(script, true);
    await change(script, 'managed', 'sudo without a password', {}, true);
    await change(script, 'modern', 'sudo with a password', withPassword, true);
    await operate(script, 'DiscoverAccounts', 'sudo without a password', success, {}, true);
    const hash = sshd.hashOf('managed');
    await operate(script, 'DisableAccount', 'sudo without a password', success, {}, true);
    expect(sshd.hashOf('managed')).toBe(`!${hash}`);
    await operate(script, 'CheckPassword', 'locked', mismatch, {}, true);
    await operate(script, 'EnableAccount', 'sudo with a password', success, withPassword, true);
    expect(sshd.hashOf('managed')).toBe(hash);
    const keyed = { AccountUserName: 'keyed', OldSshKey: keyOf('other').public, NewSshKey: keyOf('new').public };
    for (const operation of ['CheckSshKey', 'ChangeSshKey', 'RemoveAuthorizedKey'])
      await operate(script, operation, 'undeclared variables', { outcome: 'error' }, keyed, true);
  });
});

function keyOf(name: string): { private: string; public: string } {
  const key = keys[name];
  if (key === undefined) throw new Error(name);
  return key;
}

function makeKey(file: string, comment: string): { private: string; public: string } {
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', comment, '-f', file]);
  return { private: readFileSync(file, 'utf8'), public: readFileSync(`${file}.pub`, 'utf8').trim() };
}
