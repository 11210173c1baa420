import type { ValueFault } from '../../base/problem.ts';

/** What the parts of the settings need to be loaded. */
export interface Loading {
  problems: ValueFault[];
  /** Text of a file, empty with a problem when it cannot be read. */
  readFile: (keys: ValueFault['keys'], file: string) => string;
  fail: (keys: ValueFault['keys'], what: string) => void;
}
