import type { DialogueStep } from '../description/target-description.ts';
import type { AnsweredCommand } from '../matching/target-records.ts';
import { answersLine } from './choose-command.ts';
import { type Ending, exitWith } from './ending.ts';
import { type Conversation, playDialogue } from './play-dialogue.ts';
import { runCommand } from './run-command.ts';

/** A session from the login to its end. @param login Played before the prompt; a code other than 0 there ends the session. */
export async function runShell(conversation: Conversation, login: readonly DialogueStep[] = []): Promise<Ending> {
  const { target, terminal, signal } = conversation;
  const { motd = '', prompt = '$ ' } = target.description;
  const refused = await playDialogue(login, conversation);
  if (refused !== undefined && !(refused.kind === 'exit' && refused.code === 0)) return refused;
  terminal.write(motd === '' || motd.endsWith('\n') ? motd : `${motd}\n`);
  let last: Ending = exitWith(0);
  while (!signal.aborted) {
    terminal.write(prompt);
    const input = await terminal.input.readLine();
    if (input.kind === 'end') return last;
    if (input.kind === 'interrupt' || input.text.trim() === '') continue;
    const line = input.text.trim();
    const left = leavesWith(line, last, conversation);
    last = left ?? (await runLine(line, conversation));
    if (left !== undefined || last.kind === 'disconnect') return last;
  }
  return { kind: 'disconnect' };
}

async function runLine(line: string, conversation: Conversation): Promise<Ending> {
  const { target, terminal } = conversation;
  const record: AnsweredCommand = { command: line, exit: null };
  target.records.commands.push(record);
  const [, sign] = /\bstty\b[^;&|]*\s(-?)echo(?![\w-])/.exec(line) ?? [];
  if (sign !== undefined) terminal.isEchoing = sign === '' && target.description.echo !== false;
  if (/^stty(?:\s[^;&|]*)?$/.test(line) && !isDescribed(line, conversation)) {
    record.exit = 0;
    return exitWith(0);
  }
  return await runCommand(line, conversation, { record, isShell: true });
}

/** What every shell does by itself: `exit`, unless the target has an own answer to it. */
function leavesWith(line: string, last: Ending, conversation: Conversation): Ending | undefined {
  const found = /^(?:exit|logout)(?:\s+(\d{1,3}))?$/.exec(line);
  if (found === null || isDescribed(line, conversation)) return undefined;
  const [, code] = found;
  const ending = code === undefined ? last : exitWith(Number(code) & 255);
  conversation.target.records.commands.push({ command: line, exit: ending.kind === 'exit' ? ending.code : 0 });
  return ending;
}

function isDescribed(line: string, { target }: Conversation): boolean {
  return (target.description.commands ?? []).some(
    (command) => answersLine(command, line) && target.state.refusalOf(command) === undefined,
  );
}
