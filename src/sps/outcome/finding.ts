import type { Code } from '../../base/plugin-host-error.ts';
import type { Problem } from '../../base/problem.ts';

/** One thing that is wrong, or doubtful, with a call. */
export interface Finding {
  level: 'error' | 'warning';
  code: Code;
  message: string;
  hint: string;
  /** Where in the plugin, relative to its package with `/`; absent when that is not known. */
  file?: string;
  /** From 1. */
  line?: number;
}

/** With its place, as far as that is known. */
export function located(finding: Finding, file: string | null | undefined, line: number | null | undefined): Finding {
  if (file === null || file === undefined) return finding;
  return { ...finding, file, ...(line === null || line === undefined ? {} : { line }) };
}

/** Of a problem of the package. */
export function toFinding({ level, code, message, hint, file, line }: Problem): Finding {
  return located({ level, code, message, hint }, file, line);
}

/** A list of a million things may have a million faults; the first few say what is wrong. */
const mostAlike = 20;

/**
 * A finding for each of the first items that are doubtful, and one for how many more there are.
 * @param doubt What is doubtful; undefined: nothing
 */
export function fewFindings<T>(
  items: readonly T[],
  doubt: (item: T) => string | undefined,
  make: (what: string, item: T, index: number) => Finding,
): Finding[] {
  const found: Finding[] = [];
  let more = 0;
  items.forEach((item, index) => {
    const what = doubt(item);
    if (what === undefined) return;
    if (found.length < mostAlike) found.push(make(what, item, index));
    else more++;
  });
  const last = found.at(-1);
  return more === 0 || last === undefined ? found : [...found, { ...last, message: `and ${more} more like this` }];
}

export function warning(code: Code, message: string, hint: string): Finding {
  return { level: 'warning', code, message, hint };
}

export function error(code: Code, message: string, hint: string): Finding {
  return { level: 'error', code, message, hint };
}
