import { findSlowest, type SlowCase } from '../find-slowest.ts';
import { countCases, type Tally, type TestReport } from '../test-report.ts';

/** The report with its counts, for one JSON document on standard output. */
export interface JsonReport extends TestReport, Tally {
  /** No case failed. */
  ok: boolean;
  /** When they were asked for. */
  slowest?: SlowCase[];
}

/** @param slowest How many of the slowest cases are listed; undefined: none */
export function toJsonReport(report: TestReport, slowest?: number): JsonReport {
  const tally = countCases(report.suites);
  return {
    ok: tally.failed === 0,
    ...tally,
    ...report,
    ...(slowest !== undefined && { slowest: findSlowest(report.suites, slowest) }),
  };
}
