import type { CharTest } from './parsing/char-set.ts';
import type { GroupName } from './parsing/pattern-node.ts';

/**
 * What the matcher does, one instruction after the other. Those that can be taken back have a second meaning when the matcher
 * comes back to them, some a third. After the number of the instruction stand its operands.
 */
export const op = {
  /** The match is complete. */
  stop: 0,
  /** Goes back. */
  fail: 1,
  /** unit: code. */
  one: 2,
  oneBack: 3,
  /** unit: test. */
  set: 4,
  setBack: 5,
  /** several units at once: text. */
  text: 6,
  /** units of one kind: test, min, max. */
  run: 7,
  runBack: 8,
  lazyRun: 9,
  lazyRunBack: 10,
  /** what a group captured: slot, whether case is ignored, whether backward. */
  reference: 11,
  bol: 12,
  eol: 13,
  boundary: 14,
  nonBoundary: 15,
  beginning: 16,
  start: 17,
  endZ: 18,
  end: 19,
  /** goes on; when that fails, at: address. */
  branch: 20,
  goto: 21,
  /** keeps the place. */
  mark: 22,
  nullMark: 23,
  /** between the place kept and this one: slot, slot to take away. */
  capture: 24,
  /** returns to the place kept. */
  getMark: 25,
  /** once more from: address. */
  branchMark: 26,
  lazyBranchMark: 27,
  /** keeps the place and counts from: number. */
  setCount: 28,
  nullCount: 29,
  /** once more from: address, as long as the count is below. */
  branchCount: 30,
  lazyBranchCount: 31,
  /** keeps what could be taken back. */
  setJump: 32,
  /** forgets what could be taken back since, and fails. */
  backJump: 33,
  /** forgets what could be taken back since, and goes on. */
  foreJump: 34,
  /** fails unless a group took part: slot. */
  testGroup: 35,
} as const;

export interface Program {
  code: Int32Array;
  tests: CharTest[];
  texts: string[];
  groups: GroupName[];
  /** What the first unit of a match can be; undefined when that is not known, or it may be empty. */
  first: CharTest | undefined;
  /** Where a match can begin. */
  anchor: 'beginning' | 'start' | 'line' | undefined;
}
