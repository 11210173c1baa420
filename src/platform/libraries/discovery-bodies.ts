import { deniedBySudo, setSudoPrompt } from './ask-shell.ts';
import { conditionStep, type LibrarySteps, returnStep, statusStep } from './library-steps.ts';

/** A command and what it shows until a pattern comes. */
const runCmd: LibrarySteps = [
  setSudoPrompt,
  { SetItem: { Name: 'CmdResponse', Value: '' } },
  { SetItem: { Name: 'CmdTimedOut', Value: false } },
  { Send: { ConnectionObjectName: 'ConnectSsh', Buffer: '%Cmd%' } },
  {
    Receive: {
      ConnectionObjectName: 'ConnectSsh',
      BufferName: 'CmdResponse',
      ExpectRegex: '(?:%ExpectRegex%)|%SudoPassPrompt%',
      TimeoutResultVariableName: 'CmdTimedOut',
    },
  },
  conditionStep('Regex.IsMatch(CmdResponse, SudoPassPrompt)', [
    { Send: { ConnectionObjectName: 'ConnectSsh', Buffer: '%FuncPassword::$%', ContainsSecret: true } },
    {
      Receive: {
        ConnectionObjectName: 'ConnectSsh',
        BufferName: 'CmdResponse',
        ExpectRegex: '(?:%ExpectRegex%)|%SudoPassPrompt%',
        TimeoutResultVariableName: 'CmdTimedOut',
      },
    },
  ]),
  conditionStep(`Regex.IsMatch(CmdResponse, SudoPassPrompt) || Regex.IsMatch(CmdResponse, @"${deniedBySudo}")`, [
    statusStep('Discovering', 80, 'InsufficientDelegationPrivileges', '%DelegationPrefix::$%'),
    { Throw: { Value: 'The account has no right to run the command' } },
  ]),
  returnStep({ CmdResponse: '%{ CmdResponse }%', CmdTimedOut: '%{ CmdTimedOut }%' }),
];

const marker = 'ACCOUNT_DISCOVERY_COMPLETE';

/** As `id` shows an account: user, group, and all groups. The prompt may stand before the first. */
const account =
  '(?m)^(?:[^\\r\\n]*[$#>%] ?)?uid=(?<uid>\\d+)\\((?<uname>[^)]+)\\) gid=(?<gid>\\d+)\\([^)]*\\)(?: groups=(?:(?<groupid>\\d+)\\((?<groupname>[^)]*)\\),?)*)?';

const listAccounts = `(getent passwd || cat /etc/passwd) 2>/dev/null | grep '^[^#+:]' | cut -d: -f1 | while read -r user; do LC_ALL=C id "$user" 2>/dev/null; done`;

const discover: LibrarySteps = [
  statusStep('Discovering', 50, 'DiscoveringAccounts', '%AssetName::$%'),
  { SetItem: { Name: 'DiscoveryResult', Value: true } },
  { SetItem: { Name: 'UserCount', Value: 0 } },
  {
    Function: {
      Name: 'RunCmd',
      Parameters: [`${listAccounts}; echo "${marker}=$?"`, `${marker}=[0-9]+\\s`],
      ResultVariable: 'UserListCmdResult',
    },
  },
  { SetItem: { Name: 'UserListString', Value: '%{ UserListCmdResult.CmdResponse }%' } },
  {
    For: {
      Before: `match = Regex.Match(UserListString, @"${account}")`,
      Condition: 'match.Success',
      End: 'match = match.NextMatch()',
      Body: [
        { SetItem: { Name: 'UserCount', Value: '%{ UserCount + 1 }%' } },
        {
          SetItem: {
            Name: 'GroupNames',
            Value: '%{ match.Groups["groupname"].Captures.Cast<Capture>().Select(c => c.Value).ToArray() }%',
          },
        },
        {
          WriteDiscoveredAccount: {
            Name: '%{ match.Groups["uname"].Value }%',
            UserId: '%{ match.Groups["uid"].Value }%',
            GroupId: '%{ match.Groups["gid"].Value }%',
            Groups:
              '%{ match.Groups["groupid"].Captures.Cast<Capture>().Select((c, index) => new DiscoveredGroup(GroupNames[index], c.Value)) }%',
          },
        },
      ],
    },
  },
  conditionStep('UserListCmdResult.CmdTimedOut', [
    { SetItem: { Name: 'DiscoveryResult', Value: false } },
    conditionStep(
      'UserCount > 0',
      [statusStep('Discovering', 90, 'ExpectedResponseTimeoutWithPartialResults', marker)],
      [statusStep('Discovering', 90, 'ExpectedResponseTimeout', marker)],
    ),
  ]),
  statusStep('Discovering', 90, 'DiscoveredAccounts', '%UserCount%', '%AssetName::$%'),
  returnStep('%DiscoveryResult%'),
];

/** Of `UnixShellDiscoverAccounts`. Written from their interfaces and what samples do instead. Source: specification e.2, e.3. */
export const discoveryBodies: Readonly<Record<string, LibrarySteps>> = {
  RunCmd: runCmd,
  DiscoverAccountsOnHost: discover,
};
