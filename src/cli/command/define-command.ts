import { existsSync } from 'node:fs';
import { type Command, InvalidArgumentError, Option as CommanderOption } from 'commander';
import { renderSuggestion } from '../../base/nearest-name.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import { addGlobalOptions } from './add-global-options.ts';
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
    const group = parent.command(entry.name).description(entry.summary).helpCommand(false).enablePositionalOptions();
    group.addHelpText('after', `\nExample:\n  ${entry.example}`);
    for (const each of entry.commands) defineCommand(group, each, terminal, onExit);
    addGlobalOptions(group, terminal);
    group.addOption(new CommanderOption('--json').hideHelp()); // of its help
    return;
  }
  const { usage, summary, example, options, shownUsage } = entry.declared;
  const command = parent.command(usage).description(summary).addHelpText('after', `\nExample:\n  ${example}`);
  if (shownUsage !== undefined) command.usage(shownUsage);
  for (const each of ownFirst(options)) command.addOption(toCommander(each));
  addGlobalOptions(command, terminal);
  command.allowExcessArguments(true).action(async (...given: unknown[]) => {
    refuseSurplus(command, entry.declared);
    const all = given.slice(0, -1); // commander's own command comes after the options
    refuseConflicts(entry.declared, all.at(-1) as Record<string, unknown>);
    const run = await entry.load();
    // The only cast: commander turns the words into what the declaration says, and `commandEntry` checks that the function takes that.
    onExit(await run(terminal, ...(all as never[])));
  });
}

/** What other commands have too stands below, each with its heading. */
function ownFirst(options: readonly Option[]): Option[] {
  return options.toSorted((a, b) => Number(a.group !== undefined) - Number(b.group !== undefined));
}

function toCommander({ flags, text, details, group }: Option): CommanderOption {
  const made = new CommanderOption(flags, text);
  const { parse, choices } = details;
  if (choices !== undefined) made.choices(choices).argParser(chooser(choices));
  if (details.isRepeatable) made.argParser((word, former: string[] | undefined) => [...(former ?? []), word]);
  if (parse !== undefined) made.argParser(parse);
  if (details.default !== undefined) made.default(details.default);
  if (group !== undefined) made.helpGroup(`${group}:`);
  return made.makeOptionMandatory(details.isRequired === true);
}

function chooser(choices: readonly string[]): (word: string) => string {
  return (word) => {
    if (choices.includes(word)) return word;
    throw new InvalidArgumentError(renderSuggestion(word, choices));
  };
}

/** The words themselves are not repeated: one may be a password. @throws PluginHostError USAGE */
function refuseSurplus(command: Command, { options }: Declaration): void {
  const [first] = command.registeredArguments.at(-1)?.variadic
    ? []
    : command.args.slice(command.registeredArguments.length);
  if (first === undefined) return;
  const isPlugin = options.some(({ flags }) => flags.startsWith('-p, ')) && existsSync(first);
  throw new PluginHostError('USAGE', 'too many arguments', {
    hint: isPlugin ? `Did you mean -p ${first}?` : 'Quote a value that has blanks.',
  });
}

/** @throws PluginHostError USAGE */
function refuseConflicts({ conflicts = [] }: Declaration, given: Readonly<Record<string, unknown>>): void {
  const isGiven = (key: string): boolean => given[key] !== undefined;
  const found = conflicts.find(({ between, unless = [] }) => between.every(isGiven) && !unless.some(isGiven));
  if (found === undefined) return;
  throw new PluginHostError('USAGE', found.message, { hint: 'Leave out one of them.' });
}
