import { durationMs } from '../description/duration-ms.ts';
import type { DialogueStep } from '../description/target-description.ts';
import { isText } from '../matching/find-differences.ts';
import { pause } from '../serving/pause.ts';
import { type Ending, exitWith } from './ending.ts';
import type { ShellTarget } from './shell-target.ts';
import type { Terminal } from './terminal.ts';

/** A conversation that is under way, on a connection that ends when the signal says so. */
export interface Conversation {
  target: ShellTarget;
  terminal: Terminal;
  signal: AbortSignal;
}

/** Plays the steps in order. Undefined when they came to their end. */
export async function playDialogue(
  steps: readonly DialogueStep[],
  conversation: Conversation,
): Promise<Ending | undefined> {
  for (const step of steps) {
    const result = await playStep(step, conversation);
    if (result === 'else') return await playDialogue(step.else ?? [], conversation);
    if (result !== undefined) return result;
  }
  return undefined;
}

async function playStep(step: DialogueStep, conversation: Conversation): Promise<Ending | 'else' | undefined> {
  const { target, terminal, signal } = conversation;
  await pause(durationMs(step.delay) ?? 0, signal);
  if (signal.aborted) return { kind: 'disconnect' };
  terminal.write(step.send ?? '');
  terminal.write(step.prompt ?? '');
  if (step.expect !== undefined) {
    const input = await readInput(step.hidden === true, conversation);
    if (typeof input !== 'string') return input;
    if (!isText(step.expect, input)) {
      if (step.else !== undefined) return 'else';
      target.refuseInput(input, step.expect);
      return exitWith(1);
    }
  }
  if (step.disconnect === true) return { kind: 'disconnect' };
  return step.exit === undefined ? undefined : exitWith(step.exit);
}

async function readInput(isHidden: boolean, { target, terminal }: Conversation): Promise<string | Ending> {
  const input = await terminal.input.readLine({ isHidden });
  if (input.kind === 'interrupt') return exitWith(130);
  if (input.kind === 'end') return exitWith(1);
  if (isHidden) terminal.endHiddenLine();
  target.records.commands.push({ input: input.text });
  return input.text;
}
