import type { TestWarning } from './test-report.ts';

/** Of the problems that came up in a case, those that a report shows whatever was expected, each once. @param codes Of such problems. */
export function findWarnings(
  problems: readonly (TestWarning & { level: string })[],
  codes: readonly string[],
): TestWarning[] {
  const told = new Map<string, TestWarning>();
  for (const { level, code, ...others } of problems) {
    if (level === 'warning' && codes.includes(code)) told.set(`${code} ${others.message}`, { code, ...others });
  }
  return [...told.values()];
}
