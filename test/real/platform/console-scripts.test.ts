import { describe, expect, onTestFinished, test } from 'vitest';
import { scriptsFolder } from './find-script.ts';
import { failure, mismatch, operate as operateIn, success } from './operate.ts';
import { CiscoRouter } from './services/cisco-router.ts';
import { VCenter } from './services/v-center.ts';

describe.runIf(scriptsFolder !== undefined)('on a console', () => {
  test('GenericCiscoIosTelnet', async () => {
    const router = new CiscoRouter('enable-Pass1');
    const Port = await router.listen();
    onTestFinished(() => router.close());
    const parameters = {
      Address: '127.0.0.1',
      Port,
      FuncUserName: 'admin',
      FuncPassword: 'admin-Pass1',
      EnablePwd: 'enable-Pass1',
      AccountUserName: 'jane',
      AccountPassword: 'jane-Pass1',
      Timeout: 5,
    };
    const script = 'GenericCiscoIosTelnet';
    const operate = (operation: string, situation: string, expected: object, own: Record<string, unknown> = {}) =>
      operateIn({ parameters }, { script, operation, situation, parameters: own }, expected);
    await operate('CheckSystem', 'right', success);
    await operate('CheckSystem', 'wrong enable password', failure, { EnablePwd: 'wrong' });
    await operate('CheckPassword', 'right', success);
    await operate('CheckPassword', 'wrong', mismatch, { AccountPassword: 'wrong' });
    await operate('CheckPassword', 'no such account', { outcome: 'error' }, { AccountUserName: 'nobody' });
    // On the way of a user it has no Return.
    const noReturn = { ...success, value: null };
    await operate('ChangePassword', 'secret of a user', noReturn, { NewPassword: 'jane-Pass2' });
    expect(router.passwords.get('jane')).toBe('jane-Pass2');
    expect(router.isSaved).toBe(true);
    await operate('ChangePassword', 'too short, which it does not tell', noReturn, { NewPassword: 'x' });
    await operate('ChangePassword', 'no such account', failure, { AccountUserName: 'nobody', NewPassword: 'x' });
    await operate('CheckPassword', 'after the change', success, { AccountPassword: 'jane-Pass2' });
  });

  test('vCenterServerAppliance', async () => {
    const appliance = new VCenter('root-Pass1');
    const Port = await appliance.listen();
    onTestFinished(() => appliance.close());
    const script = 'vCenterServerAppliance';
    const operate = (operation: string, situation: string, expected: object, own: Record<string, unknown> = {}) => {
      const parameters = {
        Address: '127.0.0.1',
        Port,
        HostKey: appliance.hostKey,
        FuncUserName: 'Administrator',
        FuncPassword: appliance.password,
        AccountUserName: 'jane',
        AccountPassword: 'jane-Pass1',
        DiscoveryQuery: {},
      };
      return operateIn({ parameters }, { script, operation, situation, parameters: own }, expected);
    };
    await operate('DiscoverSshHostKey', 'the host shows its key', { ...success, response: appliance.hostKey });
    await operate('CheckSystem', 'right', success);
    await operate('CheckSystem', 'wrong password', { outcome: 'error' }, { FuncPassword: 'wrong' });
    const both = { AccountUserName: 'Administrator' };
    await operate('CheckPassword', 'root, right', success, { ...both, AccountPassword: 'root-Pass1' });
    await operate('CheckPassword', 'root, wrong', { outcome: 'error' }, { ...both, AccountPassword: 'wrong' });
    const { discovered } = await operate('DiscoverAccounts', 'a group of two', success);
    expect(discovered.accounts.map(({ name }) => (name as string).trim())).toEqual(
      expect.arrayContaining(['Administrator', 'jane']),
    );
    await operate('ChangePassword', 'user of the domain', success, { NewPassword: 'jane-Pass2' });
    expect(appliance.users.get('jane')).toBe('jane-Pass2');
    await operate('ChangePassword', 'too weak', failure, { NewPassword: 'x' });
    await operate('ChangePassword', 'no such user', failure, { AccountUserName: 'nobody', NewPassword: 'x' });
    await operate('ChangePassword', 'administrator and root', success, { ...both, NewPassword: 'root-Pass2' });
    expect([appliance.password, appliance.users.get('Administrator')]).toEqual(['root-Pass2', 'root-Pass2']);
    await operate('CheckPassword', 'root, after the change', success, { ...both, AccountPassword: 'root-Pass2' });
  });
});
