import type { Steps } from './simple-bodies.ts';

const verified =
  `AccountPassword NewPassword FuncPassword AccountUserName EnablePassword FuncUserName OldSshKey NewSshKey NewSshKeyComment
FuncUserNetBiosName DependentSshKey DependentSshKeyComment DependentSshPrivateKey DependentCommand CommandArguments FuncUserDomain
DependentUsername DependentPassword UserDomain NetBiosName AdminGroupName`.split(/\s+/);

/** Whether a value holds one of some characters. */
const verify: Steps = [
  { SetItem: { Name: 'Checked', Value: '%StringToVerify::$%', IsSecret: true } },
  { SetItem: { Name: 'Position', Value: 0 } },
  {
    For: {
      Condition: 'Position < InvalidCharacters.Length',
      End: 'Position = Position + 1',
      Body: [
        {
          Condition: {
            If: 'Checked.Contains(InvalidCharacters.Substring(Position, 1))',
            Then: { Do: [{ Return: { Value: false } }] },
          },
        },
      ],
    },
  },
  { Return: { Value: true } },
];

function verifyOne(name: string): [string, Steps] {
  return [
    `Verify${name}`,
    [
      {
        Function: {
          Name: 'VerifyStringForInvalidCharacters',
          Parameters: [`%${name}::$%`, '%InvalidCharacters%'],
          ResultVariable: 'IsValid',
        },
      },
      { Condition: { If: '!IsValid', Then: { Do: [{ Throw: { Value: `${name} contains invalid characters` } }] } } },
      { Return: { Value: true } },
    ],
  ];
}

const expired =
  '(?i)(password (has )?expired|must change your password|change your password now|account (has )?expired)';

const status = (type: string, percent: number, name: string, ...parameters: string[]): Steps[number] => ({
  Status: { Type: type, Percent: percent, Message: { Name: name, Parameters: parameters } },
});

/** Of `LinuxSshLogin` and `TestLoginSsh`. Written from their interfaces and what samples do instead. Source: specification e.2, e.3. */
export const loginBodies: Readonly<Record<string, Steps>> = {
  LoginSsh: [
    status('Connecting', 30, 'AssetConnectingWithAddress', '%AssetName::$%', '%Address%'),
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
        Catch: [
          status(
            'Connecting',
            30,
            'AssetConnectFailedWithReasonAndAddress',
            '%AssetName::$%',
            '%Address%',
            '%Exception::$%',
          ),
          { Throw: { Value: '%Exception%' } },
        ],
      },
    },
    { SetItem: { Name: 'LoginCheckBuffer', Value: '' } },
    {
      Condition: {
        If: '%RequestTerminal::$true%.ToString().ToLower() == "true"',
        Then: { Do: [{ Receive: { ConnectionObjectName: 'ConnectSsh', BufferName: 'LoginCheckBuffer' } }] },
      },
    },
    {
      Condition: {
        If: `Regex.IsMatch(LoginCheckBuffer, @"${expired}")`,
        Then: { Do: [{ Function: { Name: 'LogoutSsh' } }, { Return: { Value: false } }] },
      },
    },
    { Return: { Value: true } },
  ],
  LogoutSsh: [
    {
      Try: {
        Do: [{ Disconnect: { ConnectionObjectName: 'ConnectSsh' } }],
        Catch: [{ Log: { Text: 'Logging out failed: %Exception::$%' } }],
      },
    },
    { Return: { Value: true } },
  ],
  SetUpEnvironment: [
    {
      Send: {
        ConnectionObjectName: 'ConnectSsh',
        Buffer: `unset TERM; stty -echo; LANG=C; LC_ALL=C; export LANG LC_ALL; SUDO_PROMPT='SUDO password for %p:'; export SUDO_PROMPT; echo "INIT_CHECK=$?"`,
      },
    },
    { Receive: { ConnectionObjectName: 'ConnectSsh', BufferName: 'FlushBuffer', ExpectRegex: 'INIT_CHECK=[0-9]+' } },
    {
      Condition: {
        If: '!Regex.IsMatch(FlushBuffer, "INIT_CHECK=0")',
        Then: { Do: [{ Throw: { Value: 'The environment of the shell could not be set up' } }] },
      },
    },
    { Return: { Value: true } },
  ],
  InitializeServiceAccountLoginVariables: [
    { SetItem: { Name: 'Global:LoginUserName', Value: '%FuncUserName%' } },
    { SetItem: { Name: 'Global:LoginPassword', Value: '%FuncPassword%', IsSecret: true } },
  ],
  VerifyDelegationPrefix: [
    {
      Condition: {
        If: 'Regex.IsMatch(%DelegationPrefix::$%, @"[;&|`$<>\\r\\n]")',
        Then: { Do: [{ Throw: { Value: 'DelegationPrefix contains invalid characters' } }] },
      },
    },
    { Return: { Value: true } },
  ],
  VerifyStringForInvalidCharacters: verify,
  ...Object.fromEntries(verified.map(verifyOne)),
  TestLoginSsh: [
    {
      Function: {
        Name: 'LoginSsh',
        Parameters: ['%FuncUserName%', '%FuncPassword::$%', '%UserKey::$%', '%FuncUserDomain::$%'],
        ResultVariable: 'IsLoggedIn',
      },
    },
    { Function: { Name: 'LogoutSsh' } },
    { Return: { Value: '%IsLoggedIn%' } },
  ],
  TestNewKey: [
    {
      Function: {
        Name: 'LoginSsh',
        Parameters: ['%TestUser%', null, '%TestKey%', null],
        ResultVariable: 'IsLoggedIn',
      },
    },
    { Function: { Name: 'LogoutSsh' } },
    { Condition: { If: '!IsLoggedIn', Then: { Do: [{ Throw: { Value: 'The new key does not work' } }] } } },
    { Return: { Value: true } },
  ],
};
