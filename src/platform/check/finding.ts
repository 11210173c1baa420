import type { RuleCode } from '../../base/platform-codes.ts';
import type { Level } from '../../base/problem.ts';

/** Something that is wrong or doubtful, and where: an offset in the text and the JSON Pointer to the same place. */
export interface Finding {
  code: RuleCode;
  /** Where it is not the usual one of the rule. */
  level?: Level;
  message: string;
  hint: string;
  offset: number;
  path: string;
}

/** A place to tell something of. */
export interface At {
  offset: number;
  path: string;
}

/** Where a value begins. */
export function at(node: { start: number; path: string }): At {
  return { offset: node.start, path: node.path };
}

/** Where the key of a value begins. */
export function atKey(entry: { keyStart: number; value: { path: string } }): At {
  return { offset: entry.keyStart, path: entry.value.path };
}
