import { askShell, deniedBySudo, isDenied, setSudoPrompt } from './ask-shell.ts';
import { conditionStep, type LibrarySteps, returnStep, statusStep } from './library-steps.ts';

type Step = LibrarySteps[number];

const prefix = '%DelegationPrefix::$%';
const account = '%AccountUserName%';

/** The name of the account as a word of the shell, and as a pattern of grep. */
const quoteAccount: LibrarySteps = [
  { SetItem: { Name: 'AccountWord', Value: `%{ AccountUserName.Replace("'", "'\\\\''") }%` } },
  { SetItem: { Name: 'AccountPattern', Value: '%{ Regex.Replace(AccountWord, @"[][.*^$]", @"\\$&") }%' } },
];

const refuse = (status: Step): LibrarySteps => [status, returnStep(false)];

const noRightToDelegate = (type: string): Step => statusStep(type, 80, 'InsufficientDelegationPrivileges', prefix);

/** `false` for an account that the system does not know. */
const requireAccount: LibrarySteps = [
  ...quoteAccount,
  ...askShell({ command: "id '%AccountWord%' >/dev/null 2>&1", marker: 'CHECKUSER', into: 'ReturnStatus' }),
  conditionStep(
    '!ReturnStatus.Contains("CHECKUSER=0")',
    refuse(statusStep('Checking', 80, 'AccountNotFound', account)),
  ),
];

const validateAccount: LibrarySteps = [
  statusStep('Checking', 60, 'AssetTestingConnectionWithAddress', '%AssetName::$%', '%Address%'),
  setSudoPrompt,
  ...askShell({ command: `${prefix} grep -q '^root:' /etc/shadow`, marker: 'CHECKSYS', into: 'ReturnStatus' }),
  conditionStep('ReturnStatus.Contains("CHECKSYS=0")', [returnStep(true)]),
  conditionStep(isDenied('ReturnStatus'), refuse(noRightToDelegate('Checking'))),
  ...refuse(statusStep('Checking', 80, 'InsufficientPrivilegesAccessPassword')),
];

const validatePassword: LibrarySteps = [
  statusStep('Checking', 50, 'LookingUpUser', account),
  setSudoPrompt,
  ...requireAccount,
  ...askShell({
    command: `${prefix} grep '^%AccountPattern%:' /etc/shadow`,
    marker: 'CHECKSHADOW',
    into: 'AccountEntry',
    isAnswerSecret: true,
  }),
  conditionStep(isDenied('AccountEntry'), refuse(noRightToDelegate('Checking'))),
  conditionStep(
    '!AccountEntry.Contains("CHECKSHADOW=0")',
    refuse(statusStep('Checking', 80, 'InsufficientPrivilegesAccessPassword')),
  ),
  statusStep('Checking', 75, 'VerifyingPassword'),
  {
    CompareShadowHash: {
      Password: '%AccountPassword%',
      SaltedHash: '%AccountEntry%',
      ResultVariable: 'PasswordHashMatched',
    },
  },
  returnStep('%PasswordHashMatched%'),
];

/** An answer to what `passwd` asks; nothing is asked more than `most` times. */
const answer = (pattern: string, secret: string, counter: string, most: number, tooOften: LibrarySteps): Step => ({
  CaseValue: pattern,
  Do: [
    conditionStep(`${counter} == ${most}`, tooOften),
    { SetItem: { Name: counter, Value: `%{ ${counter} + 1 }%` } },
    { Send: { ConnectionObjectName: 'ConnectSsh', Buffer: secret, ContainsSecret: true } },
  ],
});

const tooWeak = refuse(statusStep('Changing', 80, 'PasswordTooWeak', account));
const failed = refuse(statusStep('Changing', 80, 'PasswordChangeFailed', account));
const noRight = refuse(statusStep('Changing', 80, 'InsufficientPrivilegesChangePassword'));

const judgeEnd: LibrarySteps = [
  {
    Switch: {
      MatchValue: '%PasswdTranscript%',
      Cases: [
        { CaseValue: deniedBySudo, Do: refuse(noRightToDelegate('Changing')) },
        { CaseValue: '(?i)permission denied|only root|may not view or modify', Do: noRight },
        { CaseValue: '(?i)bad password|exhausted maximum|too (short|simple|similar)', Do: tooWeak },
      ],
      DefaultCase: { Do: failed },
    },
  },
];

const changeUserPassword: LibrarySteps = [
  statusStep('Changing', 50, 'ChangingPassword', account),
  setSudoPrompt,
  ...requireAccount,
  ...['SudoAnswers', 'CurrentAnswers', 'NewAnswers'].map((Name) => ({ SetItem: { Name, Value: 0 } })),
  { SetItem: { Name: 'PasswdTranscript', Value: '' } },
  {
    Send: {
      ConnectionObjectName: 'ConnectSsh',
      Buffer: `${prefix} passwd '%AccountWord%'; echo "CHGPASS=$?"`,
    },
  },
  {
    For: {
      Condition: true,
      MaxIterations: 20,
      Body: [
        {
          Receive: {
            ConnectionObjectName: 'ConnectSsh',
            BufferName: 'PasswdAttempt',
            ExpectRegex: '(?i)CHGPASS=[0-9]+\\s|password[^\\r\\n]*: *$',
            TimeoutResultVariableName: 'IsPasswdLate',
          },
        },
        { SetItem: { Name: 'PasswdTranscript', Value: '%PasswdTranscript%%PasswdAttempt%' } },
        conditionStep('IsPasswdLate', refuse(statusStep('Changing', 90, 'ExpectedResponseTimeout', 'CHGPASS'))),
        {
          Switch: {
            MatchValue: '%PasswdAttempt%',
            Cases: [
              { CaseValue: 'CHGPASS=0\\s', Do: [returnStep(true)] },
              { CaseValue: 'CHGPASS=[0-9]+\\s', Do: judgeEnd },
              answer('%SudoPassPrompt%', '%FuncPassword::$%', 'SudoAnswers', 1, refuse(noRightToDelegate('Changing'))),
              answer('(?i)current[^\\r\\n]*: *$', '%AccountPassword::$%', 'CurrentAnswers', 1, failed),
              answer('(?i)new|again|retype', '%NewPassword%', 'NewAnswers', 2, tooWeak),
            ],
            DefaultCase: { Do: failed },
          },
        },
      ],
    },
  },
];

const changeAccountMode: LibrarySteps = [
  setSudoPrompt,
  { SetItem: { Name: 'ModeOption', Value: '' } },
  {
    Switch: {
      MatchValue: '%AccountMode%',
      Cases: [
        {
          CaseValue: '(?i)^(enable|restore|unlock|true)',
          Do: [
            { SetItem: { Name: 'ModeOption', Value: '-U' } },
            statusStep('Changing', 50, 'EnablingAccount', account),
          ],
        },
        {
          CaseValue: '(?i)^(disable|suspend|lock|false)',
          Do: [
            { SetItem: { Name: 'ModeOption', Value: '-L' } },
            statusStep('Changing', 50, 'DisablingAccount', account),
          ],
        },
      ],
      DefaultCase: { Do: [{ Throw: { Value: 'AccountMode must be Enable or Disable, got %AccountMode%' } }] },
    },
  },
  ...requireAccount,
  ...askShell({
    command: `${prefix} usermod %ModeOption% '%AccountWord%'`,
    marker: 'ACCOUNTMODE',
    into: 'ReturnStatus',
  }),
  conditionStep(isDenied('ReturnStatus'), refuse(noRightToDelegate('Changing'))),
  returnStep('%{ ReturnStatus.Contains("ACCOUNTMODE=0") }%'),
];

/** Of `LinuxSshFunctions`. Written from their interfaces and what samples do instead. Source: specification e.2, e.3. */
export const accountBodies: Readonly<Record<string, LibrarySteps>> = {
  ValidateAccount: validateAccount,
  ValidatePassword: validatePassword,
  ChangeUserPassword: changeUserPassword,
  ChangeAccountMode: changeAccountMode,
};
