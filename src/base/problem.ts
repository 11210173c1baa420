import type { ProblemCode } from './code.ts';

/** `error`: it fails; `warning`: it is doubtful, and the work goes on; `info`: it is worth knowing, and no more. */
export type Level = 'error' | 'warning' | 'info';

/** Where something is wrong, as far as that is known; null or absent: unknown. */
export interface Place {
  /** In a package, relative to its root with `/`; else as it was named. */
  file?: string | null;
  /** Within the file or message. */
  path?: string | null;
  /** From 1. */
  line?: number | null;
  /** From 1, in code points. */
  column?: number | null;
}

/** One thing that is wrong, doubtful or worth knowing: with a package, a call, a message, a file. */
export interface Problem<C extends string = ProblemCode> extends Place {
  level: Level;
  code: C;
  /** Where: what is wrong; expected, got. Holds no secret. */
  message: string;
  /** What to do about it. */
  hint: string;
}

/** What is wrong with a value that was read from a file, before its place in the text is known. */
export interface ValueFault {
  /** Keys and list indexes that lead there. */
  keys: readonly (string | number)[];
  /** Names the place too; holds no secret. */
  message: string;
  /** What to do about it, where that is another thing than for the rest of the file. */
  hint?: string;
  /** The value that the keys lead to is wrong, not that the last of them is there. */
  isValue?: boolean;
}

export function error(code: ProblemCode, message: string, hint: string): Problem {
  return { level: 'error', code, message, hint };
}

export function warning(code: ProblemCode, message: string, hint: string): Problem {
  return { level: 'warning', code, message, hint };
}

export function hasError(problems: readonly Pick<Problem, 'level'>[]): boolean {
  return problems.some(({ level }) => level === 'error');
}

/** The file of a problem and the line in it, as far as they are known. */
export function knownPlace({ file, line }: Place): { file?: string; line?: number } {
  if (file === null || file === undefined) return {};
  return line === null || line === undefined ? { file } : { file, line };
}

/** The form for a problem of a call: unknown parts of its place are left out. */
export function ofCall({ level, code, message, hint, ...place }: Problem): Problem {
  return { level, code, message, hint, ...knownPlace(place) };
}
