import { type CommandEntry, type CommandGroup, nameOf } from '../command/command-entry.ts';
import type { Option } from '../command/option.ts';
import { readFlags } from '../command/read-flags.ts';

/** A command line before the word that is completed. */
export interface Typed {
  /** What was called; a group or undefined while a name is still to come. */
  entry: CommandEntry | CommandGroup | undefined;
  /** Values of options by their long flags; the empty text for one that takes none. */
  given: ReadonlyMap<string, readonly string[]>;
  /** What is no option. */
  plain: readonly string[];
  /** The option whose value comes next. */
  pending: Option | undefined;
}

/** @param words What stands before the word that is completed, without the name of the program */
export function readTyped(words: readonly string[], commands: readonly (CommandEntry | CommandGroup)[]): Typed {
  let entry: Typed['entry'];
  let pending: Option | undefined;
  let isPlainOnly = false;
  const given = new Map<string, string[]>();
  const plain: string[] = [];
  const give = (option: Option, value: string): void => {
    const { long } = readFlags(option.flags);
    given.set(long, [...(given.get(long) ?? []), value]);
  };
  for (const word of words) {
    if (pending !== undefined) {
      give(pending, word);
      pending = undefined;
    } else if (word === '--' && !isPlainOnly) isPlainOnly = true;
    else if (word.startsWith('-') && word !== '-' && !isPlainOnly) {
      const [flag, value] = splitOnce(word);
      const option = optionsOf(entry).find((each) => isFlag(each, flag));
      if (option === undefined) continue;
      if (value === undefined && readFlags(option.flags).takesValue) pending = option;
      else give(option, value ?? '');
    } else {
      const below = entry === undefined ? commands : 'name' in entry ? entry.commands : undefined;
      if (below === undefined) plain.push(word);
      else entry = below.find((each) => nameOf(each) === word) ?? unknown;
    }
  }
  return { entry, given, plain, pending };
}

/** A misspelt name: nothing can follow. */
const unknown: CommandGroup = { name: '', summary: '', example: '', commands: [] };

export function optionsOf(entry: Typed['entry']): readonly Option[] {
  return entry === undefined || 'name' in entry ? [] : entry.declared.options;
}

export function isFlag({ flags }: Option, flag: string): boolean {
  const { short, long } = readFlags(flags);
  return flag === long || flag === short;
}

/** `--config=a=b`: the flag and what is behind the first `=`. */
export function splitOnce(word: string): [flag: string, value: string | undefined] {
  const at = word.indexOf('=');
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}
