import { type CommandEntry, type CommandGroup, nameOf } from './command-entry.ts';
import type { FoundCommand } from './find-command.ts';
import type { Option } from './option.ts';

/** The help of a command as data: `--help --json`. */
export function describeHelp(
  { name, entry, commands }: FoundCommand,
  environment: readonly (readonly [name: string, text: string])[],
): object {
  if (entry !== undefined) return { command: name, ...describe(entry) };
  return {
    command: name,
    commands: commands.map((each) => ({ command: nameOf(each), ...describe(each) })),
    environment: environment.map(([variable, text]) => ({ variable, text })),
  };
}

function describe(entry: CommandEntry | CommandGroup): object {
  if ('name' in entry) {
    const commands = entry.commands.map((each) => ({ command: nameOf(each), ...describe(each) }));
    return { summary: entry.summary, examples: linesOf(entry.example), commands };
  }
  const { usage, summary, example, options } = entry.declared;
  return {
    summary,
    arguments: usage.split(' ').slice(1),
    options: options.map(describeOption),
    examples: linesOf(example),
  };
}

function describeOption({ flags, text, details }: Option): object {
  const { default: byDefault, choices, isRepeatable, isRequired } = details;
  return {
    flags,
    text,
    default: byDefault ?? null,
    choices: choices ?? null,
    repeatable: isRepeatable ?? false,
    required: isRequired ?? false,
  };
}

function linesOf(example: string): string[] {
  return example.split('\n').map((line) => line.trim());
}
