import type { Command, CommandAnswer } from '../../../targets/description/target-description.ts';
import { renderDelay } from '../../../targets/recording/render-delay.ts';
import type { CommandCall } from '../observing/recorded-call.ts';
import type { Material, PlayedCall } from './recorded-target.ts';
import type { Asked } from './session-description.ts';

/** A command of its own, with what it gave. */
export function describeCommand(
  { call, played }: PlayedCall<CommandCall>,
  { templater, namer }: Material,
): { command: Command; asked: Asked } {
  const command = namer.text(played.command.trim());
  const lines = played.stdin.toString().split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  const stdin = lines.map(namer.text);
  const { stdout, stderr, exitCode, signal, isCut } = call.result ?? {};
  const output = templater.text((stdout ?? '').toString());
  const errors = templater.text((stderr ?? '').toString());
  const delay = renderDelay(call.tookMs ?? 0);
  const sign = signal?.replace(/^SIG/, '');
  const ending: CommandAnswer =
    isCut === 'timeout'
      ? { hang: true }
      : isCut === 'closed' || call.result === undefined
        ? { disconnect: true }
        : sign !== undefined
          ? { signal: sign }
          : { ...(exitCode !== 0 && { exit: exitCode ?? 0 }) };
  const isWhole = isCut === undefined && call.result !== undefined;
  return {
    command: {
      command,
      ...(stdin.length > 0 && { stdin }),
      ...(output !== '' && { output }),
      ...(errors !== '' && { stderr: errors }),
      ...ending,
      ...(isWhole && delay !== undefined && { delay }),
    },
    asked: {
      command,
      ...(stdin.length > 0 && { stdin }),
      exit: isWhole ? (exitCode ?? null) : null,
      ...(isWhole && sign !== undefined && { signal: sign }),
    },
  };
}

/** Equal commands become one with several answers; those that want more input come first. */
export function joinCommands(commands: readonly Command[]): Command[] {
  const groups = new Map<string, Command[]>();
  for (const each of commands) {
    const key = JSON.stringify([each.command, each.stdin]);
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return Array.from(groups.values(), join).sort((one, other) => (other.stdin?.length ?? 0) - (one.stdin?.length ?? 0));
}

function join(equal: readonly Command[]): Command {
  const answers = equal.map(({ command: _, stdin: __, ...answer }): CommandAnswer => answer);
  while (answers.length > 1 && JSON.stringify(answers.at(-1)) === JSON.stringify(answers.at(-2))) answers.pop();
  const [first = { command: '' }] = equal;
  if (answers.length === 1) return { ...first, ...answers[0] };
  return { command: first.command, ...(first.stdin !== undefined && { stdin: first.stdin }), answers };
}
