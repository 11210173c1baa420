import { type Command, Help } from 'commander';

const stylised = new Help();

/** How help is laid out: commands before options, and without the word "[options]" at each of them. */
export const helpLayout = {
  minWidthToWrap: 20,
  subcommandTerm: (command: Command): string =>
    [command.name(), command.usage().replace(/\[options\] ?|\[command\]/g, '')].join(' ').trimEnd(),
  formatHelp(command: Command, helper: Help): string {
    const [usage = '', summary = '', ...sections] = stylised.formatHelp.call(helper, command, helper).split('\n\n');
    const isCommands = (section: string): boolean => section.startsWith('Commands:');
    const sorted = sections
      .map((each) => each.trimEnd())
      .toSorted((a, b) => Number(isCommands(b)) - Number(isCommands(a)));
    return `${[usage, summary, ...sorted].join('\n\n')}\n`;
  },
};
