import type { Terminal } from '../terminal/create-terminal.ts';
import type { Declaration, Run } from './declare-command.ts';

/** A declared command and where to find what it does. */
export interface CommandEntry {
  declared: Declaration;
  /** Called when the command is called, so that only that one is loaded. */
  load: () => AnyRun | Promise<AnyRun>;
  /** What could stand where an argument is missing, as a sentence; asked only when one is. */
  suggest?: ((words: readonly string[]) => Promise<string | undefined>) | undefined;
}

type AnyRun = (terminal: Terminal, ...given: never[]) => Promise<number>;

/** Commands under one name. */
export interface CommandGroup {
  name: string;
  summary: string;
  example: string;
  commands: readonly CommandEntry[];
}

/** Joins both; the function takes exactly what is declared. */
export function commandEntry<Declared extends Declaration>(
  declared: Declared,
  load: () => Run<Declared> | Promise<Run<Declared>>,
  suggest?: CommandEntry['suggest'],
): CommandEntry {
  return { declared, load, suggest };
}

export function nameOf(entry: CommandEntry | CommandGroup): string {
  return 'name' in entry ? entry.name : (entry.declared.usage.split(' ')[0] ?? '');
}
