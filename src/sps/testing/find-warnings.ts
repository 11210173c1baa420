import type { TestWarning } from '../../testing/test-report.ts';
import { failOpenCodes } from '../outcome/check-fail-open.ts';
import type { Finding } from '../outcome/finding.ts';

/** Of the problems of a case's calls, those that a report shows whatever was expected, each once. */
export function findWarnings(problems: readonly Finding[]): TestWarning[] {
  const told = new Map<string, TestWarning>();
  for (const { level, code, ...others } of problems) {
    if (level === 'warning' && failOpenCodes.includes(code)) told.set(`${code} ${others.message}`, { code, ...others });
  }
  return [...told.values()];
}
