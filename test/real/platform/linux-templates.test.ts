import { readFileSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { noRealSshd, withRealSshd } from '../../integration/platform/real-sshd.ts';
import { scriptsFolder } from './find-script.ts';
import { LinuxHost, withoutSudo, withPassword } from './linux-host.ts';
import { failure, mismatch, success } from './operate.ts';

const isPossible = scriptsFolder !== undefined && noRealSshd === undefined;

describe.runIf(isPossible)(withRealSshd('on OpenSSH, by commands and by templates'), () => {
  let host: LinuxHost;
  beforeAll(async () => {
    host = await LinuxHost.start();
  });
  afterAll(async () => {
    await host.close();
  });

  test('TemplateSshMinimal runs; what it finds is a matter of timing', async () => {
    const { value } = await host.operate('TemplateSshMinimal', 'CheckSystem', 'its pattern matches its own echo', {
      error: null,
    });
    expect(value).toBeTypeOf('boolean');
    await host.operate('TemplateSshMinimal', 'CheckSystem', 'wrong password', failure, { FuncPassword: 'wrong' });
  });

  test('LinuxSshBatchModeExample', async () => {
    const script = 'LinuxSshBatchModeExample';
    await host.checkHostKey(script);
    await host.operate(script, 'CheckSystem', 'login by password', success);
    const keyLogin = { FuncPassword: null, UserKey: host.keyOf('service').private };
    await host.operate(script, 'CheckSystem', 'login by key', success, keyLogin);
    await host.operate(script, 'CheckSystem', 'wrong password', { outcome: 'error' }, { FuncPassword: 'wrong' });
    await host.operate(script, 'CheckPassword', 'right, SHA-512', success);
    const modern = { AccountUserName: 'modern', AccountPassword: host.passwords.modern };
    await host.operate(script, 'CheckPassword', 'right, yescrypt', success, modern);
    await host.operate(script, 'CheckPassword', 'wrong', mismatch, { AccountPassword: 'wrong' });
    await host.operate(script, 'CheckPassword', 'sudo with a password', success, withPassword);
    await host.operate(
      script,
      'CheckPassword',
      'no such account',
      { outcome: 'error' },
      { AccountUserName: 'nobody9' },
    );
    await host.change(script, 'managed', 'sudo without a password');
    await host.change(script, 'modern', 'sudo with a password', withPassword);
    await host.operate(script, 'ChangePassword', 'no sudo', { outcome: 'error' }, { ...withoutSudo, NewPassword: 'x' });
    await host.operate(script, 'CheckPassword', 'after the change', success);
  });

  test('LinuxSshBatchModeExample on a host that asks for the password itself', async () => {
    const settings = ['UsePAM yes', 'KbdInteractiveAuthentication yes', 'AuthenticationMethods keyboard-interactive'];
    const asking = await LinuxHost.start(settings);
    onTestFinished(() => asking.close());
    const script = 'LinuxSshBatchModeExample';
    await asking.operate(script, 'CheckSystem', 'login by keyboard-interactive', success);
    await asking.operate(script, 'CheckSystem', 'wrong password', { outcome: 'error' }, { FuncPassword: 'wrong' });
  });

  test('RestrictedAuthorizedKeyExample', async () => {
    const script = 'RestrictedAuthorizedKeyExample';
    const login = { FuncUserName: 'restricted', FuncPassword: null, UserKey: host.keyOf('restricted').private };
    await host.checkHostKey(script);
    await host.operate(script, 'CheckSystem', 'restricted key', success, login);
    await host.operate(
      script,
      'CheckSystem',
      'another key',
      { outcome: 'error' },
      { ...login, UserKey: host.keyOf('new').private },
    );
    await host.operate(script, 'CheckPassword', 'right', success, login);
    await host.operate(script, 'CheckPassword', 'wrong', mismatch, { ...login, AccountPassword: 'wrong' });
    await host.change(script, 'managed', 'restricted key', login);
    await host.operate(script, 'CheckPassword', 'after the change', success, login);
  });

  test('Pattern-GenericLinuxDependentSystem', async () => {
    const script = 'Pattern-GenericLinuxDependentSystem';
    for (const [situation, parameters] of [
      ['sudo without a password', {}],
      ['sudo with a password', withPassword],
    ] as const) {
      await host.operate(script, 'CheckSystem', situation, success, parameters);
      const dependent = { ...parameters, DependentCommand: '/usr/bin/tee', CommandArguments: '/home/dependent' };
      await host.operate(script, 'UpdateDependentSystem', situation, success, {
        ...dependent,
        NewPassword: 'New-Pass1',
      });
      const lines = readFileSync(host.sshd.outside('/home/dependent'), 'utf8').trim().split('\n');
      expect(lines.slice(-3)).toEqual(['managed', host.passwords.managed, 'New-Pass1']);
      rmSync(host.sshd.outside('/home/dependent'));
    }
    const failing = { DependentCommand: '/usr/bin/false', NewPassword: 'x' };
    await host.operate(script, 'UpdateDependentSystem', 'the command fails', { outcome: 'error' }, failing);
    const ignored = { ...failing, ReportExitStatus: false };
    await host.operate(script, 'UpdateDependentSystem', 'the command fails, ignored', success, ignored);
    await host.operate(script, 'CheckSystem', 'wrong password', { outcome: 'error' }, { FuncPassword: 'wrong' });
  });

  test('Pattern-GenericLinuxServiceDiscovery discovers nothing, because its quotes expand too early', async () => {
    const script = 'Pattern-GenericLinuxServiceDiscovery';
    await host.operate(script, 'CheckSystem', 'login by password', success);
    const { discovered } = await host.operate(script, 'DiscoverServices', 'two services', success);
    expect(discovered.services).toEqual([]);
  });

  test('Pattern-GenericLinuxFileManagement has a variable that its functions do not see', async () => {
    const script = 'Pattern-GenericLinuxFileManagement';
    const file = { FileBase64String: Buffer.from('text').toString('base64'), TargetPath: '/home/svc/file' };
    await host.operate(script, 'CheckSystem', 'login by password', success, {}, true);
    for (const operation of ['CheckFile', 'ChangeFile'])
      await host.operate(script, operation, 'undeclared StageFilePath', { outcome: 'error' }, file, true);
  });

  test('Pattern-GenericLinuxFull', async () => {
    const script = 'Pattern-GenericLinuxFull';
    await host.checkHostKey(script, true);
    await host.operate(script, 'CheckSystem', 'sudo without a password', success, {}, true);
    await host.operate(script, 'CheckSystem', 'no sudo', failure, withoutSudo, true);
    await host.checkPassword(script, true);
    await host.change(script, 'managed', 'sudo without a password', {}, true);
    await host.change(script, 'modern', 'sudo with a password', withPassword, true);
    await host.operate(script, 'DiscoverAccounts', 'sudo without a password', success, {}, true);
    const hash = host.sshd.hashOf('managed');
    await host.operate(script, 'DisableAccount', 'sudo without a password', success, {}, true);
    expect(host.sshd.hashOf('managed')).toBe(`!${hash}`);
    await host.operate(script, 'CheckPassword', 'locked', mismatch, {}, true);
    await host.operate(script, 'EnableAccount', 'sudo with a password', success, withPassword, true);
    expect(host.sshd.hashOf('managed')).toBe(hash);
    const keyed = {
      AccountUserName: 'keyed',
      OldSshKey: host.keyOf('other').public,
      NewSshKey: host.keyOf('new').public,
    };
    // In the pattern that looks for the account the name stands as a token, which is none inside of an expression.
    const unread = { outcome: 'error', error: { message: 'Failed to read account information' } };
    for (const operation of ['CheckSshKey', 'ChangeSshKey'])
      await host.operate(script, operation, 'a token inside an expression', unread, keyed, true);
    const undeclared = { outcome: 'error', error: { code: 'VARIABLE_MISSING' } };
    await host.operate(
      script,
      'RemoveAuthorizedKey',
      'an operation by accident: undeclared OldSshKey',
      undeclared,
      keyed,
      true,
    );
  });
});
