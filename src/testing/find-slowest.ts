import { placeWritten, type TestSuite, titleOf } from './test-report.ts';

export interface SlowCase {
  name: string;
  file: string;
  /** Absent when it is not known. */
  line?: number;
  durationMs: number;
}

/** The cases that took longest, the longest first; those that were skipped took no time. */
export function findSlowest(suites: readonly TestSuite[], count: number): SlowCase[] {
  return suites
    .flatMap((suite) => suite.cases.map((each) => ({ suite, each })))
    .filter(({ each }) => each.skipped === undefined)
    .sort((one, other) => other.each.durationMs - one.each.durationMs)
    .slice(0, count)
    .map(({ suite, each }) => ({ name: titleOf(each), ...placeWritten(suite, each), durationMs: each.durationMs }));
}
