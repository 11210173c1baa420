import { createCommands } from '../create-commands.ts';
import { findValues } from './find-values.ts';
import { propose, type Proposal } from './propose.ts';
import { splitLine } from './split-line.ts';

/**
 * What the scripts in `completions/` ask at a key press: `plugin-host __complete WORD…`, the last one being typed, or
 * `plugin-host __complete --line LINE` of a shell that does not give the words apart.
 * @returns A line for each candidate, with what it means behind a tab. The last line begins with a colon: `words`, `open` (no blank after the
 * word), `files` or `folders` (which the shell knows), then what stands before the path in the word, then the word, each behind a tab.
 */
export async function complete(args: readonly string[]): Promise<string> {
  const words = args[0] === '--line' ? splitLine(args[1] ?? '').slice(1) : args;
  const proposal = await propose(words, createCommands(), findValues);
  return renderProposal(proposal, words.at(-1) ?? '');
}

function renderProposal({ candidates, paths, prefix, isOpen }: Proposal, current: string): string {
  const lines = candidates.map(({ word, about }) => (about === undefined ? word : `${word}\t${about}`));
  const kind = paths ?? (isOpen ? 'open' : 'words');
  return [...lines, `:${kind}\t${prefix}\t${current}`].map((line) => `${line}\n`).join('');
}
