import type { Code } from '../../errors.ts';

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

export function warning(code: Code, message: string, hint: string): Finding {
  return { level: 'warning', code, message, hint };
}

export function error(code: Code, message: string, hint: string): Finding {
  return { level: 'error', code, message, hint };
}
