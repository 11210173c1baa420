import type { Code } from '../../base/plugin-host-error.ts';
import type { DiagnosticCode, KvPosition } from '../format/kv-diagnostic.ts';
import type { KvItem } from '../format/kv-group.ts';

/** One thing that is wrong, or doubtful, with a message. */
export interface MessageProblem {
  level: 'error' | 'warning';
  code: Code;
  /** Where: what is wrong; expected, got. Holds no secret. */
  message: string;
  hint: string;
  /** In the spelling of `kvgroup get`; null when it is about the message as a whole. */
  path: string | null;
  /** From 1, null when the text is not known. */
  line: number | null;
  /** From 1, in code points. */
  column: number | null;
}

/** What is wrong with the text of a message, too. */
export interface TextProblem extends Omit<MessageProblem, 'code'> {
  code: Code | DiagnosticCode;
}

export type Finding = Omit<MessageProblem, 'path' | 'line' | 'column' | 'message'> & { what: string };

/** Takes findings at a path; where they stand in the text is that of the item. */
export type Report = (path: string, item: KvItem, finding: Finding) => void;

/** Gathers problems in the order of the text. */
export function createReport(positionOf: (item: KvItem) => KvPosition | undefined): {
  report: Report;
  problems: MessageProblem[];
} {
  const problems: MessageProblem[] = [];
  const report: Report = (path, item, { what, level, code, hint }) => {
    const { line = null, column = null } = positionOf(item) ?? {};
    const message = path === '' ? what : `${path}: ${what}`;
    problems.push({ level, code, message, hint, path: path === '' ? null : path, line, column });
  };
  return { report, problems };
}
