import type { Problem } from '../../base/problem.ts';

/** A text that is being edited, and what else is known then. */
export interface EditedDocument {
  /** Absolute. */
  file: string;
  text: string;
  /** What stands in another file: in the editor if it is open there, else on the disk; undefined when it cannot be read. */
  textOf: (file: string) => string | undefined;
}

/** A problem with a code of any table. */
export interface TextProblem extends Problem<string> {
  /** What in its line is wrong, where that does not begin at its place. */
  word?: string;
}
