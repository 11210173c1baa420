import type { Code } from './plugin-host-error.ts';

/** One thing that is wrong, or doubtful, with a package or a plugin. */
export interface Problem {
  level: 'error' | 'warning';
  code: Code;
  /** Where: what is wrong; expected, got. Holds no secret. */
  message: string;
  /** What to do about it. */
  hint: string;
  /** Path relative to the package root with `/`, null when it is about the package as a whole. */
  file: string | null;
  /** From 1, null when unknown. */
  line: number | null;
}
