import ssh2 from 'ssh2';
import { expect, test } from 'vitest';
import type { PlainJson } from '../../../src/platform/conversion/from-json.ts';
import { libraries } from '../../../src/platform/tables/libraries.ts';
import type { SshDescription } from '../../../src/targets/description/target-description.ts';
import { startTarget } from '../../../src/targets/running/start-target.ts';
import type { Target } from '../../../src/targets/running/target.ts';
import { runSteps } from './run-steps.ts';

/** What a function is called with on a simulated host, and what comes of it. */
interface Case {
  title: string;
  calls: readonly object[];
  /** Commands of the host, besides those of every case. */
  commands?: readonly object[];
  parameters?: Record<string, PlainJson>;
  /** What it returns; `error` instead when it fails. */
  value?: unknown;
  error?: string;
  /** What it sends. */
  lines?: readonly string[];
  /** Ids of the statuses after those of the login. */
  statuses?: readonly string[];
  isBatch?: boolean;
}

const secrets = { FuncPassword: 'svc-Pass1', AccountPassword: 'old-Pass2', NewPassword: 'new-Pass3' };
const { private: newKey, public: newPublicKey } = ssh2.utils.generateKeyPairSync('ed25519');
const called = new Set<string>();

function call(name: string, ...parameters: readonly unknown[]): object {
  called.add(name);
  return { Function: { Name: name, Parameters: parameters, ResultVariable: 'Result' } };
}

const logIn = [call('LoginSsh', '%FuncUserName%', '%FuncPassword%', '%UserKey::$%', '')];
const logOut = [
  { SetItem: { Name: 'Answer', Value: '%Result%' } },
  call('LogoutSsh'),
  { WriteResponseObject: { Value: { answer: '%Answer%' } } },
  { Return: { Value: true } },
];

const exists = { command: { matches: '^id ' }, output: 'CHECKUSER=0\n' };
const isMissing = { command: { matches: '^id ' }, output: 'CHECKUSER=1\n' };
const sudo = {
  prompt: 'SUDO password for svc:',
  expect: '${FuncPassword}',
  hidden: true,
  else: [{ send: 'Sorry, try again.\n' }, { prompt: 'SUDO password for svc:', expect: 'x', hidden: true }],
};
const asking = (prompt: string, name: string): object => ({ prompt, expect: '${' + name + '}', hidden: true });
const idLine = `id 'o'\\''brien.x' >/dev/null 2>&1; echo "CHECKUSER=$?"`;
const passwdLine = `sudo passwd 'o'\\''brien.x'; echo "CHGPASS=$?"`;
const groupLine = `getent group 'wheel' >/dev/null; echo "CHECKGROUP=$?"`;

const linux: readonly Case[] = [
  {
    title: 'ValidateAccount asks whether the hashes can be read, with the password of sudo',
    calls: [call('ValidateAccount')],
    commands: [{ command: { matches: '^sudo grep -q' }, dialogue: [sudo, { send: 'CHECKSYS=0\n' }] }],
    value: true,
    lines: [`sudo grep -q '^root:' /etc/shadow; echo "CHECKSYS=$?"`],
    statuses: ['AssetTestingConnectionWithAddress'],
  },
  {
    title: 'ValidateAccount is false where sudo does not take the password',
    calls: [call('ValidateAccount')],
    parameters: { FuncPassword: 'wrong-Pass9' },
    commands: [{ command: { matches: '^sudo grep -q' }, dialogue: [sudo] }],
    value: false,
    statuses: ['AssetTestingConnectionWithAddress', 'InsufficientDelegationPrivileges'],
  },
  {
    title: 'ValidateAccount is false without the right to read them',
    calls: [call('ValidateAccount')],
    commands: [{ command: { matches: '^sudo grep -q' }, output: 'grep: /etc/shadow: Permission denied\nCHECKSYS=2\n' }],
    value: false,
    statuses: ['AssetTestingConnectionWithAddress', 'InsufficientPrivilegesAccessPassword'],
  },
  ...[
    { title: 'is true for the password of the hash', parameters: {}, value: true },
    { title: 'is false for another one', parameters: { AccountPassword: 'other-Pass8' }, value: false },
  ].map(({ title, ...rest }) => ({
    ...rest,
    title: `ValidatePassword ${title}`,
    calls: [call('ValidatePassword')],
    commands: [
      exists,
      { command: { matches: '^sudo grep ' }, output: `o'brien.x:\${hash:Old}:19000:0:99999:7:::\nCHECKSHADOW=0\n` },
    ],
    lines: [idLine, `sudo grep '^o'\\''brien\\.x:' /etc/shadow; echo "CHECKSHADOW=$?"`],
    statuses: ['LookingUpUser', 'VerifyingPassword'],
  })),
  {
    title: 'ValidatePassword is false for an account that is not there',
    calls: [call('ValidatePassword')],
    commands: [isMissing],
    value: false,
    lines: [idLine],
    statuses: ['LookingUpUser', 'AccountNotFound'],
  },
  {
    title: 'ChangeUserPassword answers what is asked, each with its own password',
    calls: [call('ChangeUserPassword')],
    commands: [
      exists,
      {
        command: { matches: '^sudo passwd ' },
        dialogue: [
          sudo,
          { send: 'Changing password for account.\n' },
          asking('Current password: ', 'AccountPassword'),
          asking('New password: ', 'NewPassword'),
          asking('Retype new password: ', 'NewPassword'),
          { send: 'passwd: password updated successfully\nCHGPASS=0\n' },
        ],
      },
    ],
    value: true,
    lines: [idLine, passwdLine],
    statuses: ['ChangingPassword'],
  },
  {
    title: 'ChangeUserPassword stops when the new password is too weak',
    calls: [call('ChangeUserPassword')],
    commands: [
      exists,
      {
        command: { matches: '^sudo passwd ' },
        dialogue: [1, 2, 3].map(() => asking('BAD PASSWORD: too short\nNew password: ', 'NewPassword')),
      },
    ],
    value: false,
    statuses: ['ChangingPassword', 'PasswordTooWeak'],
  },
  {
    title: 'ChangeUserPassword tells why it was refused',
    calls: [call('ChangeUserPassword')],
    commands: [exists, { command: { matches: '^sudo passwd ' }, output: 'passwd: Permission denied.\nCHGPASS=1\n' }],
    value: false,
    statuses: ['ChangingPassword', 'InsufficientPrivilegesChangePassword'],
  },
  {
    title: 'ChangeAccountMode unlocks an account',
    calls: [call('ChangeAccountMode', 'Enable')],
    commands: [exists, { command: { matches: '^sudo usermod ' }, output: 'ACCOUNTMODE=0\n' }],
    value: true,
    lines: [idLine, `sudo usermod -U 'o'\\''brien.x'; echo "ACCOUNTMODE=$?"`],
    statuses: ['EnablingAccount'],
  },
  {
    title: 'ChangeAccountMode locks one, and tells when that failed',
    calls: [call('ChangeAccountMode', 'disable')],
    commands: [exists, { command: { matches: '^sudo usermod -L ' }, output: 'ACCOUNTMODE=1\n' }],
    value: false,
    statuses: ['DisablingAccount'],
  },
  {
    title: 'ChangeAccountMode knows no other mode',
    calls: [call('ChangeAccountMode', 'Paint')],
    error: 'AccountMode must be Enable or Disable, got Paint',
  },
  {
    title: 'ChangeAccountMembership adds to a group',
    calls: [call('ChangeAccountMembership', 'Elevate', 'wheel', '')],
    commands: [
      { command: groupLine, output: 'CHECKGROUP=0\n' },
      { command: { matches: '^sudo gpasswd ' }, output: 'CHGMEMBER=0\n' },
    ],
    value: true,
    lines: [groupLine, `sudo gpasswd -a 'o'\\''brien.x' 'wheel'; echo "CHGMEMBER=$?"`],
    statuses: ['ElevatingAccount', 'AccountMembershipElevated'],
  },
  {
    title: 'ChangeAccountMembership is false for a group that is not there',
    calls: [call('ChangeAccountMembership', 'Demote', 'wheel', '')],
    commands: [{ command: groupLine, output: 'CHECKGROUP=2\n' }],
    value: false,
    statuses: ['DemotingAccount', 'GroupNotFound'],
  },
  {
    title: 'ChangeAccountMembershipList goes through all groups, with the command that is given',
    calls: [call('ChangeAccountMembershipList', 'Elevate', ['wheel', 'adm'], '/usr/sbin/usermod -aG')],
    commands: [
      { command: { matches: '^getent group ' }, output: 'CHECKGROUP=0\n' },
      { command: { matches: '^sudo /usr/sbin/usermod ' }, output: 'CHGMEMBER=0\n' },
    ],
    value: true,
    lines: [
      groupLine,
      `sudo /usr/sbin/usermod -aG 'wheel' 'o'\\''brien.x'; echo "CHGMEMBER=$?"`,
      `getent group 'adm' >/dev/null; echo "CHECKGROUP=$?"`,
      `sudo /usr/sbin/usermod -aG 'adm' 'o'\\''brien.x'; echo "CHGMEMBER=$?"`,
    ],
  },
  {
    title: 'ChangeAccountMembershipList fails with the first group that fails',
    calls: [call('ChangeAccountMembershipList', 'Demote', ['wheel', 'adm'], '')],
    commands: [
      { command: groupLine, output: 'CHECKGROUP=0\n' },
      { command: { matches: '^sudo gpasswd -d ' }, output: 'gpasswd: user is not a member\nCHGMEMBER=3\n' },
    ],
    error: "The membership of o'brien.x in wheel could not be changed",
    statuses: ['DemotingAccount', 'AccountMembershipDemoteFailed'],
  },
];

const names =
  `AccountPassword NewPassword FuncPassword AccountUserName EnablePassword FuncUserName OldSshKey NewSshKey NewSshKeyComment
  FuncUserNetBiosName DependentSshKey DependentSshKeyComment DependentSshPrivateKey DependentCommand CommandArguments FuncUserDomain
  DependentUsername DependentPassword UserDomain NetBiosName AdminGroupName`.split(/\s+/);

const login: readonly Case[] = [
  {
    title: 'LoginSsh appends the domain, and SetUpEnvironment sees its own line end',
    calls: [
      call('LoginSsh', '%FuncUserName%', '%FuncPassword%', null, 'corp'),
      call('SetUpEnvironment'),
      {
        SetItem: {
          Name: 'Result',
          Value: '%{ LoginCheckBuffer.Contains("$") && FlushBuffer.Contains("INIT_CHECK=0") }%',
        },
      },
    ],
    commands: [],
    value: true,
  },
  {
    title: 'SetUpEnvironment fails where the shell does not do what it is told',
    calls: [call('SetUpEnvironment')],
    commands: [{ command: { matches: '^unset TERM' }, output: 'INIT_CHECK=1\n' }],
    error: 'The environment of the shell could not be set up',
  },
  {
    title: 'InitializeServiceAccountLoginVariables makes variables of the service account',
    calls: [
      call('InitializeServiceAccountLoginVariables'),
      { SetItem: { Name: 'Result', Value: '%{ LoginUserName + "/" + LoginPassword }%' } },
    ],
    value: 'svc/svc-Pass1',
  },
  {
    title: 'VerifyDelegationPrefix makes an empty text of none',
    calls: [call('VerifyDelegationPrefix'), { SetItem: { Name: 'Result', Value: '[%DelegationPrefix%]' } }],
    parameters: { DelegationPrefix: null },
    value: '[]',
  },
  {
    title: 'VerifyDelegationPrefix refuses what ends a command',
    calls: [call('VerifyDelegationPrefix')],
    parameters: { DelegationPrefix: 'sudo; reboot' },
    error: 'DelegationPrefix contains invalid characters',
  },
  {
    title: 'VerifyStringForInvalidCharacters finds one',
    calls: [call('VerifyStringForInvalidCharacters', 'a;b', ':;')],
    value: false,
  },
  {
    title: 'VerifyStringForInvalidCharacters has nothing against no text',
    calls: [call('VerifyStringForInvalidCharacters', null, ':;')],
    value: true,
  },
  {
    title: 'every other Verify… takes a text without such characters',
    calls: names.map((name) => call(`Verify${name}`, ';')),
    parameters: Object.fromEntries(names.map((name) => [name, 'fine-1234'])),
    value: true,
  },
  {
    title: 'every other Verify… refuses one with them',
    calls: [
      { SetItem: { Name: 'Result', Value: '' } },
      ...names.map((name) => ({
        Try: {
          Do: [{ Function: { Name: `Verify${name}`, Parameters: [':;'] } }],
          Catch: [{ SetItem: { Name: 'Result', Value: '%Result%%Exception%|' } }],
        },
      })),
    ],
    parameters: {
      ...Object.fromEntries(names.map((name) => [name, 'no;no1234'])),
      DomainName: 'no;no1234',
      UserDomain: 'x',
    },
    value: names.map((name) => `${name} contains invalid characters|`).join(''),
  },
];

const others: readonly Case[] = [
  {
    title: 'ResolveAssetNameIfEmpty takes the address for the name',
    calls: [call('ResolveAssetNameIfEmpty'), { SetItem: { Name: 'Result', Value: '%AssetName%' } }],
    parameters: { AssetName: '' },
    value: '127.0.0.1',
  },
  ...[
    [true, 'True'],
    ['false', 'False'],
    ['whatever', 'Error'],
    [null, 'Error'],
  ].map(([given, answer]) => ({
    title: `ReturnOperationResult makes ${String(answer)} of ${String(given)}`,
    calls: [{ SetItem: { Name: 'OperationResult', Value: given } }, call('ReturnOperationResult')],
    value: answer,
  })),
  {
    title: 'RunCmd gives what a command shows, and asks sudo',
    calls: [
      call('RunCmd', 'sudo whoami; echo DONE', 'DONE'),
      { SetItem: { Name: 'Result', Value: '%{ Result.CmdResponse.Contains("root") && !Result.CmdTimedOut }%' } },
    ],
    commands: [{ command: { matches: '^sudo whoami' }, dialogue: [sudo, { send: 'root\nDONE\n' }] }],
    value: true,
  },
  {
    title: 'RunCmd fails without the right',
    calls: [call('RunCmd', 'sudo whoami; echo DONE', 'DONE')],
    commands: [{ command: { matches: '^sudo whoami' }, output: 'svc is not in the sudoers file.\nDONE\n' }],
    error: 'The account has no right to run the command',
    statuses: ['InsufficientDelegationPrivileges'],
  },
];

const batch: readonly Case[] = [
  {
    title: 'UnixUpdateCustomDependency runs the command of the profile with its arguments and input',
    calls: [
      call('UnixUpdateCustomDependency', 'Linux'),
      { SetItem: { Name: 'Result', Value: '%{ Result.ToString() + " " + ResolvedCommand }%' } },
    ],
    parameters: {
      DependentCommand: '/opt/update',
      CommandArguments: '%AccountUserName%',
      StdinArguments: ['%NewPassword%'],
    },
    commands: [{ command: "/opt/update o'brien.x", stdin: ['${NewPassword}'], output: 'ok\n' }],
    value: "True /opt/update o'brien.x",
  },
  {
    title: 'UnixUpdateCustomDependency is false when the command fails',
    calls: [call('UnixUpdateCustomDependency', 'Linux')],
    parameters: { DependentCommand: '/opt/update', LogStdout: true },
    commands: [{ command: '/opt/update', stderr: 'no such key\n', exit: 3 }],
    value: false,
    statuses: ['UnexpectedDataReceived'],
  },
  {
    title: 'UnixUpdateCustomDependency does not mind it where the exit status is not to be reported',
    calls: [call('UnixUpdateCustomDependency', 'Linux')],
    parameters: { DependentCommand: '/opt/update', ReportExitStatus: false },
    commands: [{ command: '/opt/update', exit: 3 }],
    value: true,
  },
  {
    title: 'UnixUpdateCustomDependency reads what a BIG-IP says with exit status 0',
    calls: [call('UnixUpdateCustomDependency', 'F5BigIp')],
    parameters: { DependentCommand: 'tmsh modify' },
    commands: [{ command: 'tmsh modify', output: 'Syntax Error: "modify" what?\n' }],
    value: false,
    statuses: ['UnexpectedDataReceived'],
  },
  { title: 'CheckForErrors is true for exit status 0', calls: [call('CheckForErrors', 0, 'x', '')], value: true },
  { title: 'CheckForErrorsF5BigIp too', calls: [call('CheckForErrorsF5BigIp', 0, 'x', null)], value: true },
  {
    title: 'ParseError knows what sudo says',
    calls: [call('ParseError', 1, '', 'sudo: a password is required')],
    value: false,
    statuses: ['InsufficientDelegationPrivileges'],
  },
];

const cases: readonly Case[] = [
  ...[...linux, ...login, ...others].map((each) => ({ ...each, isBatch: false })),
  ...batch.map((each) => ({ ...each, isBatch: true })),
];

const emulated = libraries.filter(({ isEmulated }) => isEmulated);

/** What every operation of these tests declares. */
const declared = (target: Target): Record<string, PlainJson> => ({
  Address: '127.0.0.1',
  Port: target.loopbackPort,
  HostKey: target.hostKey ?? '',
  AssetName: 'box',
  FuncUserName: 'svc',
  AccountUserName: "o'brien.x",
  DelegationPrefix: 'sudo',
  ...secrets,
});

const start = (ssh: Pick<SshDescription, 'users'> & { commands?: readonly object[] }): Promise<Target> =>
  startTarget({ ssh: ssh as SshDescription }, { values: { ...secrets, Old: secrets.AccountPassword } });

test.each(cases)('$title', async ({ calls, commands = [], parameters, value, error, lines, statuses, isBatch }) => {
  await using target = await start({
    commands: [...commands, { command: { matches: '^unset TERM' }, output: 'INIT_CHECK=0\n' }],
  });
  const setUp = isBatch === true ? [] : [call('SetUpEnvironment')];
  const result = await runSteps(
    { imports: emulated.map(({ name }) => name), steps: [...logIn, ...setUp, ...calls, ...logOut] },
    { parameters: { ...declared(target), RequestTerminal: isBatch !== true, ...parameters }, trace: true },
  );
  for (const secret of Object.values(secrets)) expect(JSON.stringify(result.trace)).not.toContain(secret);
  expect(result.error?.message ?? null).toBe(error ?? null);
  if (error === undefined) expect(result.response).toEqual({ answer: value ?? null });
  const seen = target.commands.flatMap((each) => ('command' in each ? [each.command] : []));
  if (lines !== undefined) expect(seen.filter((each) => !/^(unset TERM.*)?$/.test(each))).toEqual(lines);
  const ids = result.status.map(({ name }) => name).filter((name) => name !== 'AssetConnectingWithAddress');
  if (statuses !== undefined) expect(ids).toEqual(statuses);
  expect(target.unmatched).toEqual([]);
});

test('LoginSsh is false for a password that has expired, and fails with a status for one that is refused', async () => {
  await using target = await startTarget({
    ssh: { users: { svc: { password: secrets.FuncPassword } }, motd: 'Your password has expired.' },
  });
  const given = { imports: ['LinuxSshLogin'], steps: [...logIn, { Return: { Value: '%Result%' } }] };
  const expired = await runSteps(given, { parameters: declared(target) });
  expect(expired).toMatchObject({ outcome: 'failure', value: false, error: null });
  const refused = await runSteps(given, { parameters: { ...declared(target), FuncPassword: 'wrong-Pass9' } });
  expect(refused).toMatchObject({ outcome: 'error', error: { code: 'THROWN', cause: { code: 'LOGIN_REFUSED' } } });
  expect(refused.status.at(-1)?.name).toBe('AssetConnectFailedWithReasonAndAddress');
});

test('DiscoverHostKeyForAsset gives the key as the response, or says why not', async () => {
  await using target = await startTarget({ ssh: {} });
  const given = {
    imports: ['DiscoverSshHostKey'],
    steps: [call('DiscoverHostKeyForAsset'), { Return: { Value: true } }],
  };
  const found = await runSteps(given, { parameters: declared(target) });
  expect(found).toMatchObject({ outcome: 'success', response: target.hostKey });
  const { loopbackPort } = target;
  await target.close();
  const none = await runSteps(given, { parameters: { ...declared(target), Port: loopbackPort } });
  expect(none).toMatchObject({ outcome: 'error', error: { cause: { code: 'TARGET_UNREACHABLE' } } });
  expect(none.status.map(({ name }) => name)).toContain('AssetConnectFailedWithReasonAndAddress');
});

test('TestLoginSsh logs in as the account, TestNewKey with a key', async () => {
  await using target = await startTarget({
    ssh: { users: { "o'brien.x": { password: secrets.AccountPassword, keys: [newPublicKey] } } },
  });
  const run = (step: object, parameters: Record<string, PlainJson> = {}): ReturnType<typeof runSteps> =>
    runSteps(
      { imports: ['TestLoginSsh'], steps: [step, { Return: { Value: '%Result%' } }] },
      { parameters: { ...declared(target), ...parameters } },
    );
  expect(await run(call('TestLoginSsh'))).toMatchObject({ outcome: 'success', error: null });
  expect(await run(call('TestLoginSsh'), { AccountPassword: 'wrong-Pass9' })).toMatchObject({
    outcome: 'failure',
    error: null,
  });
  const testKey = call('TestNewKey', '%AccountUserName%', '%UserKey%');
  expect(await run(testKey, { UserKey: newKey })).toMatchObject({ outcome: 'success', error: null });
  const other = ssh2.utils.generateKeyPairSync('ed25519').private;
  const refused = await run(testKey, { UserKey: other });
  expect(refused).toMatchObject({ outcome: 'error', error: { cause: { code: 'LOGIN_REFUSED' } } });
  expect(refused.status.map(({ name }) => name)).toEqual(['TestingKeyForServiceUser', 'NewSshKeyTestFailed']);
});

test('DiscoverAccountsOnHost writes every account with its groups', async () => {
  const shown = [
    'uid=0(root) gid=0(root) groups=0(root)',
    'uid=1000(alice.x) gid=1000(alice) groups=1000(alice),27(sudo),100(users)',
    'uid=1001(bob) gid=100(users) groups=100(users) context=unconfined_u:unconfined_r',
    'ACCOUNT_DISCOVERY_COMPLETE=0',
  ];
  await using target = await start({
    commands: [
      { command: { matches: '^unset TERM' }, output: 'INIT_CHECK=0\n' },
      { command: { matches: '^\\(getent passwd' }, output: `${shown.join('\n')}\n` },
    ],
  });
  const result = await runSteps(
    {
      imports: ['LinuxSshLogin', 'UnixShellDiscoverAccounts'],
      steps: [...logIn, call('SetUpEnvironment'), call('DiscoverAccountsOnHost'), { Return: { Value: '%Result%' } }],
    },
    { parameters: declared(target) },
  );
  expect(result).toMatchObject({ outcome: 'success', error: null });
  expect(result.discovered.accounts).toEqual([
    { name: 'root', userId: '0', groupId: '0', groups: [{ name: 'root', id: '0' }] },
    {
      name: 'alice.x',
      userId: '1000',
      groupId: '1000',
      groups: [
        { name: 'alice', id: '1000' },
        { name: 'sudo', id: '27' },
        { name: 'users', id: '100' },
      ],
    },
    { name: 'bob', userId: '1001', groupId: '100', groups: [{ name: 'users', id: '100' }] },
  ]);
  expect(result.status.at(-1)).toMatchObject({ name: 'DiscoveredAccounts', parameters: [3, 'box'] });
});

test('every function of the emulated libraries was called', () => {
  const all = emulated.flatMap(({ functions }) => functions.map(({ name }) => name));
  expect(all).toHaveLength(44);
  expect(all.filter((name) => !called.has(name))).toEqual([]);
});
