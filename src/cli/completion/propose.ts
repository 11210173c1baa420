import { globalOptions } from '../command/add-global-options.ts';
import { type CommandEntry, type CommandGroup, nameOf } from '../command/command-entry.ts';
import { type Completes, completesOf } from '../command/completes.ts';
import type { Option } from '../command/option.ts';
import { readFlags } from '../command/read-flags.ts';
import { optionsOf, isFlag, readTyped, splitOnce, type Typed } from './read-typed.ts';

/** What a word could be. */
interface Candidate {
  /** The whole word. */
  word: string;
  about?: string | undefined;
}

export interface Proposal {
  candidates: readonly Candidate[];
  /** Paths are proposed too, by the shell. */
  paths: 'files' | 'folders' | undefined;
  /** What stands before the path, or what all candidates have: `--config=`, `@`. */
  prefix: string;
  /** A blank after the word would be wrong: more of it follows. */
  isOpen: boolean;
}

/** What only this machine, folder or line knows. */
export type FindValues = (kind: Exclude<Completes, readonly string[]>, typed: Typed, current: string) => Promise<Found>;
export type Found = Partial<Proposal>;

const nothing: Proposal = { candidates: [], paths: undefined, prefix: '', isOpen: false };

const helpCommand: Candidate = { word: 'help', about: 'print the help of a command' };

/** What the last word of a command line could be. @param words Without the name of the program */
export async function propose(
  words: readonly string[],
  commands: readonly (CommandEntry | CommandGroup)[],
  findValues: FindValues,
): Promise<Proposal> {
  const current = words.at(-1) ?? '';
  const isHelp = words[0] === 'help' && words.length > 1;
  const typed = readTyped(words.slice(isHelp ? 1 : 0, -1), commands);
  const { entry, pending, plain } = typed;
  const find = async (completes: Completes, prefix: string): Promise<Proposal> => {
    const value = current.slice(prefix.length);
    const found: Found =
      typeof completes === 'string'
        ? await findValues(completes, typed, value)
        : { candidates: completes.map((word) => ({ word })) };
    const candidates = (found.candidates ?? []).map(({ word, about }) => ({ word: prefix + word, about }));
    return startingWith(current, { ...nothing, ...found, candidates, prefix: prefix + (found.prefix ?? '') });
  };
  if (pending !== undefined) return find(completesOfOption(pending), '');
  if (current.startsWith('-') && current !== '-') {
    const [flag, value] = splitOnce(current);
    const option = value === undefined ? undefined : optionsOf(entry).find((each) => isFlag(each, flag));
    if (option !== undefined) return find(completesOfOption(option), `${flag}=`);
  }
  if (current.startsWith('-')) return startingWith(current, { ...nothing, candidates: listOptions(typed) });
  if (entry === undefined || 'name' in entry) {
    const names = (entry?.commands ?? commands).map((each) => ({ word: nameOf(each), about: summaryOf(each) }));
    const more = entry === undefined && !isHelp ? [helpCommand] : [];
    return startingWith(current, { ...nothing, candidates: [...names, ...more] });
  }
  if (isHelp) return nothing;
  const { usage, completes } = entry.declared;
  const placeholders = usage.split(' ').slice(1);
  const last = placeholders.at(-1);
  const index = last?.includes('...')
    ? Math.min(plain.length, Math.max(placeholders.length, completes?.length ?? 0) - 1)
    : plain.length;
  const placeholder = placeholders[Math.min(index, placeholders.length - 1)];
  if (placeholder === undefined || index >= Math.max(placeholders.length, completes?.length ?? 0))
    return startingWith(current, { ...nothing, candidates: listOptions(typed) });
  return find(completes?.[index] ?? completesOf(placeholder), '');
}

function completesOfOption({ flags, details }: Option): Completes {
  return details.completes ?? details.choices ?? completesOf(readFlags(flags).placeholder ?? '');
}

/** Those that may still come. */
function listOptions({ entry, given }: Typed): Candidate[] {
  const everywhere = globalOptions.map(toCandidate);
  if (entry === undefined) return [...everywhere, { word: '--version', about: 'print the version' }];
  const options = optionsOf(entry).filter(
    ({ flags, details }) => details.isRepeatable === true || !given.has(readFlags(flags).long),
  );
  const own = options.map(toCandidate);
  return [...own, ...everywhere.filter(({ word }) => !optionsOf(entry).some((each) => isFlag(each, word)))];
}

function toCandidate({ flags, text }: { flags: string; text: string }): Candidate {
  return { word: readFlags(flags).long, about: text };
}

function startingWith(current: string, proposal: Proposal): Proposal {
  return { ...proposal, candidates: proposal.candidates.filter(({ word }) => word.startsWith(current)) };
}

function summaryOf(entry: CommandEntry | CommandGroup): string {
  return 'name' in entry ? entry.summary : entry.declared.summary;
}
