import type { Json } from '../../base/json.ts';
import { editDistance } from '../../base/nearest-name.ts';
import { shorten } from '../../base/shorten.ts';
import type { Command, TextMatcher } from '../description/target-description.ts';
import { findTextDifferences, isText } from '../matching/find-differences.ts';
import { renderDifference } from '../matching/render-difference.ts';
import type { TargetState } from '../matching/target-state.ts';
import type { Show, Telling } from '../matching/telling.ts';

/** The command that answers, or in words the one that is nearest; undefined when there is none. */
export type CommandChoice = { command: Command } | { nearest: Telling | undefined };

interface Candidate {
  index: number;
  command: Command;
}

/**
 * Which command answers a line: the first that matches, its input included, which is read no further than that takes.
 * @param stdin Lines that were read for it; those that are read now are put there.
 * @param readLine Undefined when there are no more.
 */
export async function chooseCommand(
  commands: readonly Command[],
  line: string,
  state: TargetState,
  { stdin, readLine }: { stdin: string[]; readLine: () => Promise<string | undefined> },
): Promise<CommandChoice> {
  const named = commands
    .map((command, index) => ({ command, index }))
    .filter(({ command }) => answersLine(command, line));
  const open = named.filter(({ command }) => state.refusalOf(command) === undefined);
  for (;;) {
    const possible = open.filter(({ command }) => mayTake(command, stdin));
    const [first] = possible;
    if (first === undefined) return { nearest: describeNearest(commands, line, { named, open, stdin, state }) };
    if ((first.command.stdin?.length ?? 0) <= stdin.length) return { command: first.command };
    const next = await readLine();
    if (next !== undefined) stdin.push(next);
    else return { nearest: (show) => `${renderName(first, show)}: stdin: expected another line, got its end` };
  }
}

/** Blanks at the ends of either do not count. @param line Without them. */
export function answersLine({ command }: Command, line: string): boolean {
  return isText(typeof command === 'string' ? command.trim() : command, line);
}

function mayTake({ stdin: expected = [] }: Command, got: readonly string[]): boolean {
  return expected.slice(0, got.length).every((item, index) => isText(item as Json, got[index] ?? ''));
}

interface Found {
  named: readonly Candidate[];
  open: readonly Candidate[];
  stdin: readonly string[];
  state: TargetState;
}

function describeNearest(
  commands: readonly Command[],
  line: string,
  { named, open, stdin, state }: Found,
): Telling | undefined {
  const [candidate] = [...open, ...named];
  if (candidate === undefined) return nearestOf(commands, line);
  const { command, index } = candidate;
  const refusal = state.refusalOf(command);
  const [difference] = (command.stdin ?? []).flatMap((item, each) =>
    findTextDifferences(item as Json, stdin[each], ['stdin', each]),
  );
  const why: Telling = (show) =>
    refusal ?? (difference === undefined ? 'it does not match' : renderDifference(difference, show));
  return (show) => `${renderName({ command, index }, show)}: ${why(show)}`;
}

function nearestOf(commands: readonly Command[], line: string): Telling | undefined {
  const [best] = commands
    .map(({ command }, index) => ({ command, index, distance: editDistance(shorten(textOf(command)), shorten(line)) }))
    .sort((one, other) => one.distance - other.distance);
  if (best === undefined) return undefined;
  const difference = { keys: ['command'], expected: best.command, got: line };
  return (show) => `commands.${best.index}: ${renderDifference(difference, show)}`;
}

function renderName({ command, index }: Candidate, show: Show): string {
  return `commands.${index} (${show(shorten(textOf(command.command)))})`;
}

function textOf(matcher: TextMatcher): string {
  return typeof matcher === 'object' ? (matcher.contains ?? matcher.matches ?? '') : String(matcher);
}
