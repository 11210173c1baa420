import { deniedBySudo } from './ask-shell.ts';
import { conditionStep, type LibrarySteps, returnStep, statusStep } from './library-steps.ts';

/** What the command showed and how it ended; `true` for exit status 0. */
const parseError: LibrarySteps = [
  { SetItem: { Name: 'Output', Value: '%Buffer::$%%ErrBuffer::$%' } },
  conditionStep(`rc != 0 && Regex.IsMatch(Output, @"${deniedBySudo}")`, [
    statusStep('Changing', 85, 'InsufficientDelegationPrivileges', '%DelegationPrefix::$%'),
    returnStep(false),
  ]),
  { SetItem: { Name: 'VisibleOutput', Value: '' } },
  conditionStep('%LogStdout::$false%.ToString().ToLower() == "true"', [
    { SetItem: { Name: 'VisibleOutput', Value: '%{ ": " + Output.Trim() }%' } },
  ]),
  conditionStep('rc != 0', [
    statusStep('Changing', 85, 'UnexpectedDataReceived', 'The command ended with exit status %rc%%VisibleOutput%'),
  ]),
  returnStep('%{ rc == 0 }%'),
];

const judge = (rc: string): LibrarySteps => [
  {
    Function: { Name: 'ParseError', Parameters: [rc, '%Buffer%', '%ErrBuffer%'], ResultVariable: 'Result' },
  },
  returnStep('%Result%'),
];

/** What tmsh says of a fault, with exit status 0 too. */
const faultOfBigIp = '(?im)^(syntax error|unexpected error|data input error|[0-9a-f]{8}:3:)';

const checkForErrorsF5BigIp: LibrarySteps = [
  conditionStep(`rc == 0 && Regex.IsMatch(%Buffer::$%, @"${faultOfBigIp}")`, judge('1')),
  ...judge('%rc%'),
];

const check = (name: string): LibrarySteps[number] => ({
  Function: { Name: name, Parameters: ['%rc%', '%OutputBuffer%', '%ErrBuf%'], ResultVariable: 'Result' },
});

const update: LibrarySteps = [
  { SetItem: { Name: 'rc', Value: -1 } },
  { SetItem: { Name: 'Result', Value: false } },
  {
    Try: {
      Do: [
        {
          ExecuteDependentCommand: {
            ConnectionObjectName: 'ConnectSsh',
            DependentCommand: '%DependentCommand::$%',
            CommandArguments: '%CommandArguments::$%',
            StdinArguments: '%StdinArguments::$%',
            BufferName: 'OutputBuffer',
            StderrBufferName: 'ErrBuf',
            ExitStatusBufferName: 'rc',
            CommandBufferName: 'Global:ResolvedCommand',
            LogCommand: '%LogCommand::$false%',
            LogCommandArguments: '%LogCommandArguments::$false%',
            LogStdin: '%LogStdin::$false%',
            LogStdout: '%LogStdout::$false%',
          },
        },
        conditionStep(
          'Regex.IsMatch(%Platform::$%, @"(?i)f5|big-?ip")',
          [check('CheckForErrorsF5BigIp')],
          [check('CheckForErrors')],
        ),
      ],
      Catch: [
        statusStep('Changing', 85, 'UnexpectedDataReceived', '%Exception::$%'),
        { Throw: { Value: '%Exception%' } },
      ],
    },
  },
  conditionStep('%ReportExitStatus::$true%.ToString().ToLower() == "false"', [
    { SetItem: { Name: 'Result', Value: true } },
  ]),
  returnStep('%Result%'),
];

/** Of `UnixUpdateCustomDependency`. Written from their interfaces and what samples do instead. Source: specification e.2, e.3. */
export const dependencyBodies: Readonly<Record<string, LibrarySteps>> = {
  CheckForErrors: judge('%rc%'),
  CheckForErrorsF5BigIp: checkForErrorsF5BigIp,
  ParseError: parseError,
  UnixUpdateCustomDependency: update,
};
