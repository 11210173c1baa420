import { buffer } from 'node:stream/consumers';
import { hasError, type Problem } from '../../base/problem.ts';
import type { KvGroup } from '../../kvgroup/format/kv-group.ts';
import { findPoint, renderSetting } from '../../kvgroup/points/find-point.ts';
import type { Point } from '../../kvgroup/points/point.ts';
import { parseMessage } from '../../kvgroup/reading/parse-message.ts';
import { readBytes, readMessages } from '../../kvgroup/running/read-messages.ts';
import { checkMessages, type MessageCode } from '../../kvgroup/validation/check-messages.ts';
import type { Direction } from '../../kvgroup/validation/check-value.ts';
import type { OptionsOf } from '../command/declare-command.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import { levelColours } from '../terminal/level-colours.ts';
import type { pointCommands } from './commands/point-commands.ts';

type CheckOptions = OptionsOf<typeof pointCommands.check>;

/** `plugin-host kvgroup check FILE` */
export async function check(terminal: Terminal, file: string, options: CheckOptions): Promise<number> {
  const point = findPoint(options.point);
  const bytes = await read(file);
  const input = options.input === undefined ? undefined : readInput(point, await read(options.input), options.input);
  const problems = checkMessages(point, options.direction, bytes, input);
  const ok = !hasError(problems);
  if (options.json) terminal.printJson({ ok, point: point.id, direction: options.direction, problems });
  else terminal.show(renderProblems(nameOf(file), point, options.direction, problems, terminal));
  return ok ? 0 : 1;
}

async function read(file: string): Promise<Uint8Array> {
  return file === '-' ? buffer(process.stdin) : readBytes(file);
}

function readInput({ item }: Point, bytes: Uint8Array, file: string): KvGroup[] {
  if (item !== undefined) return readMessages(bytes, nameOf(file));
  const { root } = parseMessage(bytes);
  return root === undefined ? readMessages(bytes, nameOf(file)) : [root];
}

function nameOf(file: string): string {
  return file === '-' ? 'standard input' : file;
}

function renderProblems(
  name: string,
  point: Point,
  direction: Direction,
  problems: readonly Problem<MessageCode>[],
  { paint }: Terminal,
): string {
  const isRefused = hasError(problems);
  const tally = (['error', 'warning'] as const).flatMap((level) => {
    const count = problems.filter((problem) => problem.level === level).length;
    return count === 0 ? [] : [`${count} ${level}${count === 1 ? '' : 's'}`];
  });
  const about = `${direction} of ${point.id} ${renderSetting(point)}`;
  return [
    `${isRefused ? paint('red', 'refused') : paint('green', 'ok')}  ${name}  ${about}${tally.length === 0 ? '' : `  ${paint('dim', tally.join(', '))}`}`,
    ...problems.map(({ level, code, message, hint, line, column }) => {
      const place = typeof line === 'number' ? `${name}:${line}:${column ?? 1}: ` : '';
      return [
        `${paint(levelColours[level], level)} ${code}  ${place}${message}`,
        ...(hint === '' ? [] : [`  ${hint}`]),
      ].join('\n');
    }),
  ].join('\n');
}
