import { conditionStep, connectFailed, type LibrarySteps, returnStep, statusStep } from './library-steps.ts';

const verified =
  `AccountPassword NewPassword FuncPassword AccountUserName EnablePassword FuncUserName OldSshKey NewSshKey NewSshKeyComment
FuncUserNetBiosName DependentSshKey DependentSshKeyComment DependentSshPrivateKey DependentCommand CommandArguments FuncUserDomain
DependentUsername DependentPassword UserDomain NetBiosName AdminGroupName`.split(/\s+/);

/** What a `Verify…` reads where it is not what its name says. */
const sources: Partial<Record<string, string>> = { UserDomain: 'DomainName' };

/** Whether a value has none of some characters. */
const verify: LibrarySteps = [
  { SetItem: { Name: 'VerifiedText', Value: '%StringToVerify::$%', IsSecret: true } },
  {
    For: {
      Before: 'InvalidIndex = 0',
      Condition: 'InvalidIndex < InvalidCharacters.Length',
      End: 'InvalidIndex = InvalidIndex + 1',
      Body: [conditionStep('VerifiedText.Contains(InvalidCharacters.Substring(InvalidIndex, 1))', [returnStep(false)])],
    },
  },
  returnStep(true),
];

function verifyOne(name: string): [string, LibrarySteps] {
  return [
    `Verify${name}`,
    [
      {
        Function: {
          Name: 'VerifyStringForInvalidCharacters',
          Parameters: [`%${sources[name] ?? name}::$%`, '%InvalidCharacters%'],
          ResultVariable: 'VerifyResult',
        },
      },
      conditionStep('!VerifyResult', [{ Throw: { Value: `${name} contains invalid characters` } }]),
      returnStep(true),
    ],
  ];
}

const expired =
  '(?i)(password (has )?expired|(must|required to) change your password|change your password now|account (has )?expired)';

const logIn: LibrarySteps = [
  statusStep('Connecting', 30, 'AssetConnectingWithAddress', '%AssetName::$%', '%Address%'),
  conditionStep('!string.IsNullOrEmpty(%UserDomain::$%)', [
    { SetItem: { Name: 'UserName', Value: '%UserName%@%UserDomain%' } },
  ]),
  {
    Try: {
      Do: [
        {
          Connect: {
            ConnectionObjectName: 'Global:ConnectSsh',
            Type: 'Ssh',
            NetworkAddress: '%Address%',
            Port: '%Port::$22%',
            Login: '%UserName%',
            Password: '%Password::$%',
            UserKey: '%LoginKey::$%',
            RequestTerminal: '%RequestTerminal::$true%',
            CheckHostKey: '%CheckHostKey::$true%',
            HostKey: '%HostKey::$%',
            Timeout: '%Timeout::$20%',
          },
        },
      ],
      Catch: connectFailed,
    },
  },
  { SetItem: { Name: 'Global:LoginCheckBuffer', Value: '' } },
  conditionStep('%RequestTerminal::$true%.ToString().ToLower() == "true"', [
    { Receive: { ConnectionObjectName: 'ConnectSsh', BufferName: 'Global:LoginCheckBuffer' } },
  ]),
  conditionStep(`Regex.IsMatch(LoginCheckBuffer, @"${expired}")`, [
    { Function: { Name: 'LogoutSsh' } },
    returnStep(false),
  ]),
  returnStep(true),
];

/** Of `LinuxSshLogin`. Written from their interfaces and what samples do instead. Source: specification e.2, e.3. */
export const loginBodies: Readonly<Record<string, LibrarySteps>> = {
  LoginSsh: logIn,
  LogoutSsh: [
    {
      Try: {
        Do: [{ Disconnect: { ConnectionObjectName: 'ConnectSsh' } }],
        Catch: [{ Log: { Text: 'Logging out failed: %Exception::$%' } }],
      },
    },
    returnStep(true),
  ],
  SetUpEnvironment: [
    {
      Send: {
        ConnectionObjectName: 'ConnectSsh',
        Buffer: `unset TERM; stty -echo; LANG=C; LC_ALL=C; export LANG LC_ALL; SUDO_PROMPT='SUDO password for %p:'; export SUDO_PROMPT; echo "INIT_CHECK=$?"`,
      },
    },
    {
      Receive: {
        ConnectionObjectName: 'ConnectSsh',
        BufferName: 'Global:FlushBuffer',
        ExpectRegex: 'INIT_CHECK=[0-9]+\\s',
      },
    },
    conditionStep('!Regex.IsMatch(FlushBuffer, @"INIT_CHECK=0\\s")', [
      { Throw: { Value: 'The environment of the shell could not be set up' } },
    ]),
    returnStep(true),
  ],
  InitializeServiceAccountLoginVariables: [
    { SetItem: { Name: 'Global:LoginUserName', Value: '%FuncUserName%' } },
    { SetItem: { Name: 'Global:LoginPassword', Value: '%FuncPassword::$%', IsSecret: true } },
  ],
  VerifyDelegationPrefix: [
    conditionStep('Regex.IsMatch(%DelegationPrefix::$%, @"[;&|`$<>\\r\\n]")', [
      { Throw: { Value: 'DelegationPrefix contains invalid characters' } },
    ]),
    { SetItem: { Name: 'DelegationPrefix', Value: '%DelegationPrefix::$%' } },
  ],
  VerifyStringForInvalidCharacters: verify,
  ...Object.fromEntries(verified.map(verifyOne)),
};
