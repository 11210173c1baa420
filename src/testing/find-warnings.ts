import { knownPlace, type Problem } from '../base/problem.ts';
import type { TestWarning } from './test-report.ts';

/** The problems of a case that a report shows whatever was expected, each once. @param codes Of such problems. */
export function findWarnings(problems: readonly Problem[], codes: readonly string[]): TestWarning[] {
  const told = new Map<string, TestWarning>();
  for (const problem of problems) {
    const { level, code, message, hint } = problem;
    if (level !== 'warning' || !codes.includes(code)) continue;
    told.set(`${code} ${message}`, { code, message, hint, ...knownPlace(problem) });
  }
  return [...told.values()];
}
