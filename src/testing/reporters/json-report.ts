import { countCases, type Tally, type TestReport } from '../test-report.ts';

/** The report with its counts, for one JSON document on standard output. */
export interface JsonReport extends TestReport, Tally {
  /** No case failed. */
  ok: boolean;
}

export function toJsonReport(report: TestReport): JsonReport {
  const tally = countCases(report.suites);
  return { ok: tally.failed === 0, ...tally, ...report };
}
