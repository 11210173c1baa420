import type { Code } from '../../errors.ts';

/** One thing that is wrong, or doubtful, with a call. */
export interface Finding {
  level: 'error' | 'warning';
  code: Code;
  message: string;
  hint: string;
}

export function warning(code: Code, message: string, hint: string): Finding {
  return { level: 'warning', code, message, hint };
}

export function error(code: Code, message: string, hint: string): Finding {
  return { level: 'error', code, message, hint };
}
