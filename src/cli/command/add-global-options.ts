import type { Command } from 'commander';
import type { Manner, Terminal } from '../terminal/create-terminal.ts';

/** Heading in the help of what every command takes. */
const group = 'Everywhere:';

const settings: readonly [flags: string, text: string, manner: Partial<Manner>][] = [
  ['-q, --quiet', 'print data and errors, nothing else', { isQuiet: true }],
  ['-v, --verbose', 'say how each program is started, and where things are looked for', { isVerbose: true }],
  ['--no-color', 'print without colours', { hasColour: false }],
];

const help = { flags: '-h, --help', text: 'print this help' };

/** What every command takes, for those who list it. */
export const globalOptions: readonly { flags: string; text: string }[] = [
  ...settings.map(([flags, text]) => ({ flags, text })),
  help,
];

/** Every command takes them, before its name and after it. An option of its own with the same name wins. */
export function addGlobalOptions(command: Command, { manner }: Pick<Terminal, 'manner'>): void {
  const taken = command.options.map(({ long }) => long);
  for (const [flags, text, set] of settings) {
    const free = flags.split(', ').filter((flag) => !taken.includes(flag));
    const added = command.createOption(free.join(', '), text).helpGroup(group);
    command.addOption(added).on(`option:${added.name()}`, () => {
      Object.assign(manner, set);
    });
  }
  command.addHelpOption(command.createOption(help.flags, help.text).helpGroup(group));
}
