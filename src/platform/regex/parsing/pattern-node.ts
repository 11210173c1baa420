import type { CharTest } from './char-set.ts';

export type AnchorKind = 'bol' | 'eol' | 'boundary' | 'nonBoundary' | 'beginning' | 'start' | 'endZ' | 'end';

/**
 * What a pattern is made of, in the order in which it is matched: inside a lookbehind everything goes from right to left. A
 * group is known by its slot, the place of its captures.
 */
export type PatternNode =
  | { type: 'empty' }
  /** `code` of one certain unit, else undefined. */
  | { type: 'unit'; test: CharTest; code: number | undefined; isBackward: boolean }
  | { type: 'anchor'; kind: AnchorKind }
  | { type: 'reference'; slot: number; ignoresCase: boolean; isBackward: boolean }
  | { type: 'sequence'; items: PatternNode[] }
  | { type: 'alternation'; items: PatternNode[] }
  | { type: 'loop'; item: PatternNode; min: number; max: number; isLazy: boolean }
  /** `minus` is the slot whose last capture a balancing group takes away; -1 stands for none in both. */
  | { type: 'capture'; slot: number; minus: number; item: PatternNode }
  | { type: 'look'; isNegative: boolean; item: PatternNode }
  | { type: 'atomic'; item: PatternNode }
  | { type: 'conditional'; test: number | PatternNode; yes: PatternNode; no: PatternNode };

/** A group that can be asked for: its number, its name, which is the number of one without. */
export interface GroupName {
  number: number;
  name: string;
}

export interface ParsedPattern {
  root: PatternNode;
  /** By slot; the first is the match. */
  groups: GroupName[];
}

/** No bound: `*`, `+`, `{2,}`. */
export const unbounded = 2 ** 31 - 1;
