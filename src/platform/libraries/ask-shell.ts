import { conditionStep, type LibrarySteps } from './library-steps.ts';

interface Question {
  /** A line of a shell. */
  command: string;
  /** What the line ends with: its exit status follows `marker=`. */
  marker: string;
  /** The variable that takes the answer. */
  into: string;
  isAnswerSecret?: boolean;
}

/** Sets the pattern of a question for the password of sudo: the one that `SetUpEnvironment` asks for, and sudo's own. */
export const setSudoPrompt: LibrarySteps[number] = {
  SetItem: { Name: 'GLOBAL:SudoPassPrompt', Value: '(?i)(SUDO password for|\\[sudo\\] password for)[^\\r\\n]*: *$' },
};

/** What sudo says to those whom it does not let do something. */
export const deniedBySudo =
  '(?i)(not in the sudoers file|not allowed to (run|execute)|may not run sudo|incorrect password attempt|sorry, try again|sudo: a (password|terminal) is required|sudo: (command )?not found)';

/** Sends a line to the shell and takes the answer; a question for the password of sudo is answered once. */
export function askShell({ command, marker, into, isAnswerSecret = false }: Question): LibrarySteps {
  const secrecy = isAnswerSecret ? { ContainsSecret: true } : {};
  const receive = {
    Receive: {
      ConnectionObjectName: 'ConnectSsh',
      BufferName: into,
      ExpectRegex: `${marker}=[0-9]+\\s|%SudoPassPrompt%`,
      ...secrecy,
    },
  };
  return [
    { Send: { ConnectionObjectName: 'ConnectSsh', Buffer: `${command}; echo "${marker}=$?"` } },
    receive,
    conditionStep(`Regex.IsMatch(${into}, SudoPassPrompt)`, [
      { Send: { ConnectionObjectName: 'ConnectSsh', Buffer: '%FuncPassword::$%', ContainsSecret: true } },
      receive,
    ]),
  ];
}

/** Whether sudo let the answer come. */
export function isDenied(answer: string): string {
  return `Regex.IsMatch(${answer}, SudoPassPrompt) || Regex.IsMatch(${answer}, @"${deniedBySudo}")`;
}
