import type { SuiteHead, TestCase, TestReport } from '../test-report.ts';

/** Takes a run of tests as it goes on, and writes it in one form. */
export interface Reporter {
  /** @param count Of the cases to come. */
  begin?: (count: number) => void;
  /** The next case, in the order of the report; as a `CaseListener` is told. */
  add?: (suite: SuiteHead, each: TestCase) => void;
  /** All have ended. */
  end: (report: TestReport) => void;
  /** The run was given up: no case follows, and there is no report. */
  giveUp?: () => void;
}

export interface ReporterOptions {
  /** Takes whole lines, without the last line end. */
  write: (text: string) => void;
  paint: PaintReport;
  /** How many of the slowest cases are listed; undefined: none. */
  slowest: number | undefined;
  /** That annotations begin at; absolute. */
  currentFolder: string;
}

/** Puts text into a style where it can be seen, as the terminal's `paint` does. */
export type PaintReport = (style: 'red' | 'green' | 'bold' | 'dim', text: string) => string;
