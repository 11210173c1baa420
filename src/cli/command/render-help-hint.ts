import { type CommandEntry, type CommandGroup, nameOf } from './command-entry.ts';

/** How the command that the words name is called, and where its help is; of what names none, where the list is. */
export function renderHelpHint(
  [name = '', below = '']: readonly string[],
  commands: readonly (CommandEntry | CommandGroup)[],
): string {
  const entry = commands.find((each) => nameOf(each) === name);
  if (entry === undefined) return listHint('plugin-host');
  if (!('name' in entry)) return usageHint('plugin-host', entry);
  const command = entry.commands.find((each) => nameOf(each) === below);
  return command === undefined ? listHint(`plugin-host ${name}`) : usageHint(`plugin-host ${name}`, command);
}

function listHint(command: string): string {
  return `\`${command} --help\` lists commands and options.`;
}

function usageHint(parent: string, entry: CommandEntry): string {
  const { usage, shownUsage } = entry.declared;
  const [name = '', ...words] = usage.split(' ');
  const call = [parent, name, shownUsage ?? ['[options]', ...words].join(' ')].join(' ');
  return `Write \`${call}\`; \`${parent} ${name} --help\` lists the options.`;
}
