/** What a run of tests came to, whatever was tested. All texts may be shown: secrets are masked in them. */
export interface TestReport {
  suites: TestSuite[];
  /** From the first to the last case, wall clock; cases may run at once, so it may be less than their sum. */
  durationMs: number;
}

export interface TestSuite {
  name: string;
  /** As a message names it: relative to the current folder. */
  file: string;
  cases: TestCase[];
}

export interface TestCase {
  name: string;
  passed: boolean;
  durationMs: number;
  /** Absent when it passed or was skipped. */
  failure?: TestFailure;
  /** Why it says nothing of its own, when it neither passed nor failed. */
  skipped?: string;
  /** What is doubtful although nothing was expected of it; absent when there is none. */
  warnings?: TestWarning[];
}

export interface TestWarning {
  code: string;
  /** Names the place. */
  message: string;
  hint: string;
  /** Of what was tested. */
  file?: string;
  line?: number;
}

export interface TestFailure {
  /** One line. */
  message: string;
  /** Expected, got, log, what repeats it: lines for people; empty when the message says all. */
  detail: string;
  /** Where it is, as a message names it; absent when it is the suite's file. */
  file?: string;
  /** In that file, from 1. */
  line?: number;
}

export interface Tally {
  passed: number;
  failed: number;
  /** Absent when there is none. */
  skipped?: number;
}

export function countCases(suites: readonly TestSuite[]): Tally {
  const all = suites.flatMap(({ cases }) => cases);
  const passed = all.filter((each) => each.passed).length;
  const skipped = all.filter((each) => each.skipped !== undefined).length;
  return { passed, failed: all.length - passed - skipped, ...(skipped > 0 && { skipped }) };
}

/** `vault.plugin-test.yaml:12` */
export function renderPlace(suite: TestSuite, { file = suite.file, line }: TestFailure): string {
  return line === undefined ? file : `${file}:${line}`;
}
