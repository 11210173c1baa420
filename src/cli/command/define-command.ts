import { type Command, Option as CommanderOption } from 'commander';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import type { CommandEntry, CommandGroup } from './command-entry.ts';
import type { Declaration } from './declare-command.ts';
import type { Option } from './option.ts';

/** Defines a command for commander, or a group with everything below it. @param onExit Gets the exit code of what was run */
export function defineCommand(
  parent: Command,
  entry: CommandEntry | CommandGroup,
  terminal: Terminal,
  onExit: (exitCode: number) => void,
): void {
  if ('name' in entry) {
    const group = parent.command(entry.name).description(entry.summary).helpCommand(false);
    group.addHelpText('after', `\nExample:\n  ${entry.example}`);
    for (const each of entry.commands) defineCommand(group, each, terminal, onExit);
    return;
  }
  const { usage, summary, example, options, shownUsage } = entry.declared;
  const command = parent.command(usage).description(summary).addHelpText('after', `\nExample:\n  ${example}`);
  if (shownUsage !== undefined) command.usage(shownUsage);
  for (const each of options) command.addOption(toCommander(each));
  command.action(async (...given: unknown[]) => {
    const all = given.slice(0, -1); // commander's own command comes after the options
    refuseConflicts(entry.declared, all.at(-1) as Record<string, unknown>);
    const run = await entry.load();
    // The only cast: commander turns the words into what the declaration says, and `commandEntry` checks that the function takes that.
    onExit(await run(terminal, ...(all as never[])));
  });
}

function toCommander({ flags, text, details }: Option): CommanderOption {
  const made = new CommanderOption(flags, text);
  if (details.isRepeatable) made.argParser((word, former: string[] | undefined) => [...(former ?? []), word]);
  if (details.parse !== undefined) made.argParser(details.parse);
  if (details.choices !== undefined) made.choices(details.choices);
  if (details.default !== undefined) made.default(details.default);
  return made.makeOptionMandatory(details.isRequired === true);
}

/** @throws PluginHostError USAGE */
function refuseConflicts({ conflicts = [] }: Declaration, given: Readonly<Record<string, unknown>>): void {
  const isGiven = (key: string): boolean => given[key] !== undefined;
  const found = conflicts.find(({ between, unless = [] }) => between.every(isGiven) && !unless.some(isGiven));
  if (found === undefined) return;
  throw new PluginHostError('USAGE', found.message, { hint: 'Leave out one of them.' });
}
