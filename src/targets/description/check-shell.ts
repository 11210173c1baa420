import type { ValueFault } from '../../base/problem.ts';
import { checkDelay, checkPatterns, faultAt } from './fault-at.ts';
import type {
  Command,
  CommandAnswer,
  DialogueStep,
  ShellDescription,
  TelnetDescription,
} from './target-description.ts';

type Keys = ValueFault['keys'];

const ownAnswer = ['output', 'stderr', 'exit', 'delay', 'then', 'signal', 'disconnect', 'hang', 'dialogue'] as const;

/** What is wrong in `telnet:` beyond its shape. */
export function checkTelnet(keys: Keys, telnet: TelnetDescription): ValueFault[] {
  return [...checkDialogue([...keys, 'login'], telnet.login), ...checkShell(keys, telnet)];
}

/** What is wrong in what SSH and Telnet have in common. */
export function checkShell(keys: Keys, { commands = [], delay }: ShellDescription): ValueFault[] {
  return [
    ...checkDelay([...keys, 'delay'], delay),
    ...commands.flatMap((command, index) => checkCommand([...keys, 'commands', index], command)),
  ];
}

function checkCommand(keys: Keys, command: Command): ValueFault[] {
  const { answers = [] } = command;
  const beside = answers.length === 0 ? undefined : ownAnswer.find((name) => command[name] !== undefined);
  return [
    ...checkPatterns([...keys, 'command'], command.command),
    ...checkPatterns([...keys, 'stdin'], command.stdin),
    ...(beside === undefined ? [] : [faultAt([...keys, beside], 'stands beside answers; expected it in each of them')]),
    ...checkAnswer(keys, command),
    ...answers.flatMap((answer, index) => checkAnswer([...keys, 'answers', index], answer)),
  ];
}

function checkAnswer(keys: Keys, answer: CommandAnswer): ValueFault[] {
  const ends = (['exit', 'signal', 'disconnect', 'hang'] as const).filter((name) => answer[name] !== undefined);
  const [first = '', second] = ends;
  return [
    ...checkDelay([...keys, 'delay'], answer.delay),
    ...(second === undefined
      ? []
      : [faultAt([...keys, second], `a command ends in one way, and ${first} is one; give one`)]),
    ...checkDialogue([...keys, 'dialogue'], answer.dialogue),
  ];
}

function checkDialogue(keys: Keys, dialogue: readonly DialogueStep[] = []): ValueFault[] {
  return dialogue.flatMap((step, index) => checkStep([...keys, index], step));
}

function checkStep(keys: Keys, step: DialogueStep): ValueFault[] {
  const lone =
    step.expect === undefined
      ? (['prompt', 'hidden', 'else'] as const).find((name) => step[name] !== undefined)
      : undefined;
  return [
    ...checkDelay([...keys, 'delay'], step.delay),
    ...checkPatterns([...keys, 'expect'], step.expect),
    ...(lone === undefined
      ? []
      : [
          faultAt(
            [...keys, lone],
            'says how input is asked for; expected expect beside it. A text alone is sent with send',
          ),
        ]),
    ...checkDialogue([...keys, 'else'], step.else),
  ];
}
