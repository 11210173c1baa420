import type { CoverageReport } from './coverage-report.ts';

/** What a run of tests came to, whatever was tested. All texts may be shown: secrets are masked in them. */
export interface TestReport {
  suites: TestSuite[];
  /** From the first to the last case, wall clock; cases may run at once, so it may be less than their sum. */
  durationMs: number;
  /** When it was asked for. */
  coverage?: CoverageReport;
}

export interface SuiteHead {
  name: string;
  /** As a message names it: relative to the current folder. */
  file: string;
  /** What is tested, where that is one plugin: its folder or ZIP, named in the same way. */
  subject?: string;
}

export interface TestSuite extends SuiteHead {
  cases: TestCase[];
}

/** What is known of a case before it is run. */
export interface CaseHead {
  name: string;
  /** Where it is written, as a message names it; absent when it is the suite's file. */
  file?: string;
  /** In that file, from 1. */
  line?: number;
  /** What it is run with, where the same case is run with several: `{"sdk": "1.8.4"}`. */
  combination?: Readonly<Record<string, string>>;
}

export interface TestCase extends CaseHead {
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
  /** In what was tested, relative to its root. */
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

/** Its name, with what it is run with: `a user is let in [sdk 1.8.4]`. */
export function titleOf({ name, combination }: CaseHead): string {
  const shown = Object.entries(combination ?? {}).map(([axis, value]) => `${axis} ${value}`);
  return shown.length === 0 ? name : `${name} [${shown.join(', ')}]`;
}

/** Where a case is written; without a line where none is known. */
export function placeWritten(suite: SuiteHead, { file = suite.file, line }: CaseHead): FilePlace {
  return line === undefined ? { file } : { file, line };
}

/** Where its failure is, else where it is written. */
export function placeOf(suite: SuiteHead, each: TestCase): FilePlace {
  const written = placeWritten(suite, each);
  const { file = written.file, line = file === written.file ? written.line : undefined } = each.failure ?? {};
  return line === undefined ? { file } : { file, line };
}

interface FilePlace {
  file: string;
  line?: number;
}

/** `vault.plugin-test.yaml:12` */
export function renderPlace(suite: SuiteHead, { file = suite.file, line }: Partial<FilePlace>): string {
  return line === undefined ? file : `${file}:${line}`;
}
