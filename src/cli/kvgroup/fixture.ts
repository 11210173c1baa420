import { renderSuggestion } from '../../base/nearest-name.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { makeFixture, printFixture } from '../../kvgroup/fixtures/make-fixture.ts';
import { readOverlay } from '../../kvgroup/fixtures/read-overlay.ts';
import { findPoint } from '../../kvgroup/points/find-point.ts';
import { type Detail, details as knownDetails } from '../../kvgroup/points/point.ts';
import { validateMessage } from '../../kvgroup/validation/validate-message.ts';
import type { OptionsOf } from '../command/declare-command.ts';
import { readTextFile } from '../command/read-json-text.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import { levelColours } from '../terminal/level-colours.ts';
import type { pointCommands } from './commands/point-commands.ts';

type FixtureOptions = OptionsOf<typeof pointCommands.fixture>;

/** `plugin-host kvgroup fixture POINT` */
export async function fixture(terminal: Terminal, name: string, options: FixtureOptions): Promise<number> {
  const point = findPoint(name);
  const { from, details, people, set = [], json, ...rest } = options;
  if (options.count !== undefined && point.item === undefined) {
    throw new PluginHostError('USAGE', `${point.id} has one input, and no items to count`, {
      hint: 'Leave --count out.',
    });
  }
  const made = makeFixture(point, {
    ...rest,
    set: set.map(readSet),
    details: readList(details)?.map(readDetail),
    people: readList(people),
    from:
      from === undefined ? undefined : readOverlay(await readTextFile(from), from === '-' ? 'standard input' : from),
  });
  const problems = [
    ...made.remarks.map((remark) => ({ level: 'warning' as const, code: 'USAGE', ...remark })),
    ...validateMessage(point, 'input', made.input),
    ...made.items.flatMap((item) => validateMessage(point, 'input', item, { part: 'item' })),
  ];
  for (const { level, code, message, hint } of problems) {
    terminal.say(`${terminal.paintError(levelColours[level], level)} ${code}  ${message}\n  ${hint}`);
  }
  if (json) terminal.printJson({ point: point.id, seed: options.seed, input: made.input, items: made.items });
  else terminal.print(printFixture(made));
  return 0;
}

/** The first = that is not within the name of a group. */
function readSet(text: string): { path: string; value: string } {
  const match = /^((?:[^=[\]\\]|\\.|\[(?:[^\]\\]|\\.)*\])+)=(.*)$/s.exec(text);
  if (match !== null) return { path: match[1] ?? '', value: match[2] ?? '' };
  throw new PluginHostError('USAGE', '--set: expected PATH=VALUE', {
    hint: 'Write --set request/requestID=17.',
  });
}

function readList(text: string | undefined): string[] | undefined {
  const names = text?.split(',').map((each) => each.trim());
  return names?.filter((each) => each !== '');
}

function readDetail(name: string): Detail {
  const detail = knownDetails.find((each) => each === name);
  if (detail !== undefined) return detail;
  throw new PluginHostError('USAGE', `--details: ${JSON.stringify(name)} is none of them`, {
    hint: renderSuggestion(name, knownDetails),
  });
}
