import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noRealSshd, withRealSshd } from '../../integration/platform/real-sshd.ts';
import { scriptsFolder } from './find-script.ts';
import { LinuxHost, withPassword } from './linux-host.ts';
import { failure, mismatch, success } from './operate.ts';

const isPossible = scriptsFolder !== undefined && noRealSshd === undefined;

describe.runIf(isPossible)(withRealSshd('on OpenSSH, in a terminal'), () => {
  let host: LinuxHost;
  beforeAll(async () => {
    host = await LinuxHost.start();
  });
  afterAll(async () => {
    await host.close();
  });

  const linux = ['GenericLinux', 'GenericLinuxWithAD', 'GenericLinuxWithDiscovery', 'GenericLinuxWithSSHKeySupport'];

  test.each(linux)('%s', async (script) => {
    await host.checkHostKey(script);
    await host.checkSystem(script);
    await host.checkPassword(script);
    await host.change(script, 'managed', 'sudo without a password');
    await host.change(script, 'modern', 'sudo without a password, yescrypt');
    await host.checkPassword(script);
    // It never sets the prompt of sudo for which it waits.
    await host.operate(script, 'ChangePassword', 'sudo asks with its own prompt', failure, {
      ...withPassword,
      NewPassword: 'x',
    });
    const unknown = { AccountUserName: 'nobody9', NewPassword: 'x' };
    await host.operate(script, 'ChangePassword', 'no such account', failure, unknown);
  });

  test('GenericLinuxWithAD logs in as a user of the domain', async () => {
    const parameters = { FuncUserDomain: 'corp.test' };
    for (const operation of ['CheckSystem', 'CheckPassword'])
      await host.operate('GenericLinuxWithAD', operation, 'service user of a domain', success, parameters);
    await host.change('GenericLinuxWithAD', 'managed', 'service user of a domain', parameters);
  });

  test('GenericLinuxWithDiscovery finds users with their groups', async () => {
    for (const [situation, parameters] of [
      ['without sudo', { DelegationPrefix: '' }],
      ['sudo without a password', {}],
      ['sudo with a password', withPassword],
    ] as const) {
      const { discovered } = await host.operate(
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
      const lines = readFileSync(host.sshd.outside('/etc/passwd'), 'utf8').trim().split('\n');
      expect(discovered.accounts).toHaveLength(lines.length);
    }
    await host.operate(
      'GenericLinuxWithDiscovery',
      'DiscoverAccounts',
      'wrong password',
      { outcome: 'error' },
      { FuncPassword: 'no' },
    );
  });

  test('GenericLinuxWithSSHKeySupport finds, checks and rotates keys, and takes a change back', async () => {
    const script = 'GenericLinuxWithSSHKeySupport';
    const file = host.sshd.outside('/home/keyed/.ssh/authorized_keys');
    const keyed = { AccountUserName: 'keyed' };
    const key = (name: 'old' | 'new' | 'other'): string => host.keyOf(name).public.split(' ').slice(0, 2).join(' ');
    const { discovered } = await host.operate(
      script,
      'DiscoverAuthorizedKeys',
      'two keys and a comment',
      success,
      keyed,
    );
    expect(discovered.sshKeys).toMatchObject([
      { comment: 'other key\r' },
      { keyType: 'ssh-ed25519', comment: 'old key\r' },
    ]);
    await host.operate(script, 'CheckSshKey', 'is there', success, { ...keyed, OldSshKey: key('old') });
    await host.operate(script, 'CheckSshKey', 'is not there', mismatch, { ...keyed, OldSshKey: key('new') });
    await host.operate(script, 'CheckSshKey', 'sudo with a password', success, {
      ...keyed,
      ...withPassword,
      OldSshKey: key('old'),
    });
    const before = readFileSync(file, 'utf8');
    const rotation = { ...keyed, OldSshKey: key('old'), NewSshKey: key('new') };
    const wrong = { ...rotation, NewSshPrivateKey: host.keyOf('service').private };
    await host.operate(script, 'ChangeSshKey', 'the new key does not log in: taken back', { outcome: 'error' }, wrong);
    expect(readFileSync(file, 'utf8')).toBe(before);
    await host.operate(script, 'ChangeSshKey', 'rotation with a login', success, {
      ...rotation,
      NewSshPrivateKey: host.keyOf('new').private,
    });
    const after = readFileSync(file, 'utf8');
    expect(after).toContain(key('new'));
    expect(after).not.toContain(key('old'));
    expect(after).toContain(key('other'));
    const home = statSync(host.sshd.outside('/home/keyed'));
    expect(statSync(file)).toMatchObject({ uid: home.uid, mode: 0o100600 });
  });

  test('LinuxApplicationTextConfig changes a line of a file', async () => {
    const script = 'LinuxApplicationTextConfig';
    await host.checkHostKey(script);
    await host.checkSystem(script);
    await host.operate(script, 'CheckPassword', 'which it does not implement', mismatch);
    const file = host.sshd.outside('/home/svc/application.conf');
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
      await host.operate(script, 'ChangePassword', situation, success, {
        ...config,
        ...parameters,
        NewPassword: password,
      });
      expect(readFileSync(file, 'utf8')).toBe(`user=app\npassword=${password}\nport=1\n`);
    }
    const missing = { ...config, ApplicationFileName: 'none.conf', NewPassword: 'x' };
    await host.operate(script, 'ChangePassword', 'no such file', failure, missing);
  });
});
