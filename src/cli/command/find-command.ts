import { renderSuggestion } from '../../base/nearest-name.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { type CommandEntry, type CommandGroup, nameOf } from './command-entry.ts';

type Commands = readonly (CommandEntry | CommandGroup)[];

/** What words name: the program itself, a group, or a command. */
export interface FoundCommand {
  /** As it is typed: `plugin-host session show`. */
  name: string;
  /** Undefined: the program itself. */
  entry: CommandEntry | CommandGroup | undefined;
  /** What can follow the name. */
  commands: Commands;
  /** What does follow. */
  rest: readonly string[];
}

/** Options that every command takes may stand before the name. */
export function findCommand(words: readonly string[], commands: Commands): FoundCommand {
  const first = words.findIndex((word) => !word.startsWith('-'));
  const found: FoundCommand = {
    name: 'plugin-host',
    entry: undefined,
    commands,
    rest: first < 0 ? [] : words.slice(first),
  };
  for (;;) {
    const [word, ...rest] = found.rest;
    const entry = found.commands.find((each) => nameOf(each) === word);
    if (entry === undefined) return found;
    const below = 'name' in entry ? entry.commands : [];
    Object.assign(found, { name: `${found.name} ${nameOf(entry)}`, entry, commands: below, rest });
  }
}

/** @throws PluginHostError USAGE, when a word is left that names nothing */
export function requireCommand({ commands, rest: [unknown] }: FoundCommand): void {
  if (unknown === undefined || unknown.startsWith('-') || commands.length === 0) return;
  const known = commands.map(nameOf);
  throw new PluginHostError('USAGE', `unknown command ${unknown}`, {
    hint: unknown === 'version' ? 'Did you mean --version?' : renderSuggestion(unknown, known),
  });
}

/** Where the help of it is. */
export function renderHelpHint({ name, commands }: FoundCommand): string {
  return `\`${name} --help\` lists ${commands.length > 0 ? 'commands and options' : 'the options'}.`;
}

/** How it is written. */
export function renderUsage({ name, entry }: FoundCommand): string {
  if (entry === undefined || 'name' in entry) return name;
  const { usage, shownUsage } = entry.declared;
  return `${name} ${shownUsage ?? ['[options]', ...usage.split(' ').slice(1)].join(' ')}`;
}
