import { knownPlace, type Problem } from '../../base/problem.ts';
import type { TestWarning } from '../../testing/test-report.ts';
import { failOpenCodes } from '../outcome/check-fail-open.ts';

/** Of the problems of a case's calls, those that a report shows whatever was expected, each once. */
export function findWarnings(problems: readonly Problem[]): TestWarning[] {
  const told = new Map<string, TestWarning>();
  for (const problem of problems) {
    const { level, code, message, hint } = problem;
    if (level !== 'warning' || !failOpenCodes.includes(code)) continue;
    told.set(`${code} ${message}`, { code, message, hint, ...knownPlace(problem) });
  }
  return [...told.values()];
}
