import { durationMs } from '../description/duration-ms.ts';
import type { Command, CommandAnswer } from '../description/target-description.ts';
import type { AnsweredCommand } from '../matching/target-records.ts';
import type { Telling } from '../matching/telling.ts';
import { pause } from '../serving/pause.ts';
import { chooseCommand } from './choose-command.ts';
import { type Ending, exitCodeOf, exitWith } from './ending.ts';
import { type Conversation, playDialogue } from './play-dialogue.ts';

interface RunOptions {
  record: AnsweredCommand;
  /** In a shell the next prompt begins a line, and what is not found is the shell's to tell. */
  isShell: boolean;
}

/** Answers one line, in a shell or alone. @param record Is filled in. */
export async function runCommand(line: string, conversation: Conversation, options: RunOptions): Promise<Ending> {
  const { target, terminal } = conversation;
  const { record } = options;
  const stdin: string[] = [];
  const readLine = async (): Promise<string | undefined> => {
    const input = await terminal.input.readLine();
    return input.kind === 'line' ? input.text : undefined;
  };
  const choice = await chooseCommand(target.description.commands ?? [], line, target.state, { stdin, readLine });
  if (stdin.length > 0) record.stdin = stdin;
  const ending =
    'command' in choice
      ? await answerWith(choice.command, conversation, options)
      : notFound(line, choice.nearest, conversation);
  record.exit = ending.kind === 'exit' ? ending.code : null;
  if (ending.kind === 'signal') record.signal = ending.signal;
  return ending;
}

async function answerWith(command: Command, conversation: Conversation, { isShell }: RunOptions): Promise<Ending> {
  const { target, terminal, signal } = conversation;
  const [first = command, ...more]: CommandAnswer[] = command.answers ?? [];
  const answer = target.state.take(command, [first, ...more]);
  await pause(durationMs(answer.delay ?? target.description.delay) ?? 0, signal);
  if (signal.aborted) return { kind: 'disconnect' };
  target.state.enter(answer.then);
  const { output = '', stderr = '' } = answer;
  terminal.write(output);
  terminal.writeError(stderr);
  if (isShell && answer.dialogue === undefined && !(output + stderr).endsWith('\n') && output + stderr !== '')
    terminal.write('\n');
  const ended = await playDialogue(answer.dialogue ?? [], conversation);
  return ended ?? (await endOf(answer, conversation, isShell));
}

async function endOf(answer: CommandAnswer, { terminal, signal }: Conversation, isShell: boolean): Promise<Ending> {
  if (answer.disconnect === true) return { kind: 'disconnect' };
  if (answer.hang === true) {
    await terminal.input.readInterrupt(signal);
    return exitWith(130);
  }
  if (answer.signal === undefined) return exitWith(answer.exit ?? 0);
  const ending: Ending = { kind: 'signal', signal: answer.signal };
  if (!isShell) return ending;
  if (answer.signal === 'KILL') terminal.write('Killed\n');
  return exitWith(exitCodeOf(ending) ?? 1);
}

function notFound(line: string, nearest: Telling | undefined, { target, terminal }: Conversation): Ending {
  target.refuseCommand(line, nearest);
  const [word = ''] = line.split(/\s/, 1);
  terminal.writeError(`bash: ${word}: command not found\n`);
  return exitWith(127);
}
