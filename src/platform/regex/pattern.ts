import type { Budget } from '../values/budget.ts';
import { GroupValue, MatchValue } from '../values/match-value.ts';
import { assemble } from './assemble.ts';
import { findMatch } from './find-match.ts';
import { parseReplacement } from './parse-replacement.ts';
import { parsePattern } from './parsing/parse-pattern.ts';
import type { GroupName } from './parsing/pattern-node.ts';
import type { Program } from './program.ts';

/** A pattern of .NET that was read. */
export class Pattern {
  readonly source: string;
  readonly #program: Program;

  /** Throws a `PatternError` when the text is no pattern. */
  constructor(source: string, options: number) {
    this.source = source;
    this.#program = assemble(parsePattern(source, options));
  }

  /** In the order of their numbers; the first is the match itself. */
  get groups(): readonly GroupName[] {
    return this.#program.groups;
  }

  /** The first match that begins at `start` or after it; one without success when there is none. */
  match(text: string, start: number, budget: Budget): MatchValue {
    return this.#find(text, start, start, budget);
  }

  /** What a replacement pattern gives for a match. */
  replacement(text: string): (match: MatchValue) => string {
    return parseReplacement(text, this.groups);
  }

  #find(text: string, start: number, from: number, budget: Budget): MatchValue {
    const captures = findMatch(this.#program, text, start, from, budget);
    const [own] = captures ?? [];
    const [at, end] = own ?? [];
    if (captures === undefined || at === undefined || end === undefined) return this.#none(text);
    const groups = this.groups.map(
      (group, slot) => new GroupValue(group.number, group.name, text, captures[slot] ?? []),
    );
    // After an empty match the next one is looked for a unit further on; after one at the end there is none.
    const next = (later: Budget): MatchValue => {
      if (end > at) return this.#find(text, end, end, later);
      return end >= text.length ? this.#none(text) : this.#find(text, end, end + 1, later);
    };
    return new MatchValue(text, [at, end], groups.slice(1), next);
  }

  #none(text: string): MatchValue {
    const groups = this.groups.map((group) => new GroupValue(group.number, group.name, text, []));
    return new MatchValue(text, [], groups.slice(1), undefined);
  }
}
