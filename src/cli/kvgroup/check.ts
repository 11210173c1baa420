import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { hasError, type Problem } from '../../base/problem.ts';
import type { KvGroup } from '../../kvgroup/format/kv-group.ts';
import { renderSetting } from '../../kvgroup/points/find-point.ts';
import type { Point } from '../../kvgroup/points/point.ts';
import { parseMessage } from '../../kvgroup/reading/parse-message.ts';
import { readBytes, readMessages } from '../../kvgroup/running/read-messages.ts';
import { checkMessages, type MessageCode } from '../../kvgroup/validation/check-messages.ts';
import type { Direction } from '../../kvgroup/validation/check-value.ts';
import type { OptionsOf } from '../command/declare-command.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import { levelColours } from '../terminal/level-colours.ts';
import { choosePoint } from './choose-point.ts';
import type { pointCommands } from './commands/point-commands.ts';

type CheckOptions = OptionsOf<typeof pointCommands.check>;

/** `plugin-host kvgroup check FILE` */
export async function check(terminal: Terminal, file: string, options: CheckOptions): Promise<number> {
  const direction = options.direction ?? directionOf(file);
  const point = await choosePoint(options.point, path.dirname(file), options.hostConfig);
  const bytes = await read(file);
  const input = options.input === undefined ? undefined : readInput(point, await read(options.input), options.input);
  const problems = checkMessages(point, direction, bytes, input);
  const ok = !hasError(problems);
  if (options.json) terminal.printJson({ ok, point: point.id, direction, problems });
  else terminal.show(renderProblems(nameOf(file), point, direction, problems, terminal));
  return ok ? 0 : 1;
}

const directions: Readonly<Record<string, Direction>> = {
  input: 'input',
  expected: 'output',
  output: 'output',
};

/** As the files of tests and of recordings are called. @throws PluginHostError USAGE */
function directionOf(file: string): Direction {
  const direction = directions[path.basename(file, '.kvg')];
  if (direction !== undefined) return direction;
  throw new PluginHostError('USAGE', `${nameOf(file)}: is it an input or an output?`, {
    hint: 'Add --direction input or --direction output. Files called input.kvg and expected.kvg say it themselves.',
  });
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
