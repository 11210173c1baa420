import { askShell, isDenied, setSudoPrompt } from './ask-shell.ts';
import { conditionStep, type LibrarySteps, returnStep, statusStep } from './library-steps.ts';

const account = '%AccountUserName%';
const group = '%Group%';

/** Of a mode: what is said before, when it went well, when it did not, and what `gpasswd` does. */
const kinds = [
  {
    mode: '(?i)^(elevate|add|grant)',
    before: 'ElevatingAccount',
    well: 'AccountMembershipElevated',
    badly: 'AccountMembershipElevateFailed',
    command: 'gpasswd -a',
  },
  {
    mode: '(?i)^(demote|remove|revoke)',
    before: 'DemotingAccount',
    well: 'AccountMembershipDemoted',
    badly: 'AccountMembershipDemoteFailed',
    command: 'gpasswd -d',
  },
];

/** One group. `Cmd` is what stands before account and group; of `usermod` the group goes first. */
const changeMembership: LibrarySteps = [
  setSudoPrompt,
  ...['WellStatus', 'BadStatus', 'MemberCommand'].map((Name) => ({ SetItem: { Name, Value: '' } })),
  {
    Switch: {
      MatchValue: '%AccountMode%',
      Cases: kinds.map(({ mode, before, well, badly, command }) => ({
        CaseValue: mode,
        Do: [
          statusStep('Changing', 50, before, account, group),
          { SetItem: { Name: 'WellStatus', Value: well } },
          { SetItem: { Name: 'BadStatus', Value: badly } },
          { SetItem: { Name: 'MemberCommand', Value: command } },
        ],
      })),
      DefaultCase: { Do: [{ Throw: { Value: 'AccountMode must be Elevate or Demote, got %AccountMode%' } }] },
    },
  },
  conditionStep('!string.IsNullOrWhiteSpace(Cmd)', [{ SetItem: { Name: 'MemberCommand', Value: '%Cmd%' } }]),
  { SetItem: { Name: 'AccountWord', Value: `%{ "'" + AccountUserName.Replace("'", "'\\\\''") + "'" }%` } },
  { SetItem: { Name: 'GroupWord', Value: `%{ "'" + Group.Replace("'", "'\\\\''") + "'" }%` } },
  { SetItem: { Name: 'MemberWords', Value: '%AccountWord% %GroupWord%' } },
  conditionStep('Regex.IsMatch(MemberCommand, @"\\busermod\\b")', [
    { SetItem: { Name: 'MemberWords', Value: '%GroupWord% %AccountWord%' } },
  ]),
  ...askShell({ command: 'getent group %GroupWord% >/dev/null', marker: 'CHECKGROUP', into: 'ReturnStatus' }),
  conditionStep('!ReturnStatus.Contains("CHECKGROUP=0")', [
    statusStep('Changing', 80, 'GroupNotFound', group),
    returnStep(false),
  ]),
  ...askShell({
    command: '%DelegationPrefix::$% %MemberCommand% %MemberWords%',
    marker: 'CHGMEMBER',
    into: 'ReturnStatus',
  }),
  conditionStep(isDenied('ReturnStatus'), [
    statusStep('Changing', 80, 'InsufficientDelegationPrivileges', '%DelegationPrefix::$%'),
    returnStep(false),
  ]),
  conditionStep('ReturnStatus.Contains("CHGMEMBER=0")', [
    statusStep('Changing', 90, '%WellStatus%', account, group),
    returnStep(true),
  ]),
  statusStep('Changing', 90, '%BadStatus%', account, group),
  returnStep(false),
];

/** Of `LinuxSshFunctions`. Written from their interfaces; that `Cmd` begins the command is ours. Source: specification e.2, e.3. */
export const membershipBodies: Readonly<Record<string, LibrarySteps>> = {
  ChangeAccountMembership: changeMembership,
  ChangeAccountMembershipList: [
    {
      ForEach: {
        CollectionName: '%Groups%',
        ElementName: 'Group',
        Body: {
          Do: [
            {
              Function: {
                Name: 'ChangeAccountMembership',
                Parameters: ['%AccountMode%', '%Group%', '%Cmd%'],
                ResultVariable: 'Result',
              },
            },
            conditionStep('!Result', [
              { Throw: { Value: 'The membership of %AccountUserName% in %Group% could not be changed' } },
            ]),
          ],
        },
      },
    },
    returnStep(true),
  ],
};
