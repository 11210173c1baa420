import type { Place, Problem } from '../../base/problem.ts';
import type { KvPosition } from '../format/kv-diagnostic.ts';
import type { KvItem } from '../format/kv-group.ts';

/** Without what its item says: where it is, and the path in its message. */
export type UnplacedProblem = Omit<Problem, keyof Place | 'message'> & { what: string };

/** Takes what is wrong at a path; its place in the text is that of the item. */
export type Report = (path: string, item: KvItem, problem: UnplacedProblem) => void;

/** Gathers problems in the order of the text. The path is in the spelling of `kvgroup get`; null when it is about the message as a whole. */
export function createReport(positionOf: (item: KvItem) => KvPosition | undefined): {
  report: Report;
  problems: Problem[];
} {
  const problems: Problem[] = [];
  const report: Report = (path, item, { what, level, code, hint }) => {
    const { line = null, column = null } = positionOf(item) ?? {};
    const message = path === '' ? what : `${path}: ${what}`;
    problems.push({ level, code, message, hint, path: path === '' ? null : path, line, column });
  };
  return { report, problems };
}
