import { printJson } from '../json.ts';
import { toJsonReport } from './json.ts';
import { renderJUnit } from './junit.ts';
import { type PaintReport, renderPretty } from './pretty.ts';
import { renderTap } from './tap.ts';
import type { TestReport } from './test-report.ts';

const renderers = {
  pretty: renderPretty,
  tap: renderTap,
  junit: renderJUnit,
  json: (report) => printJson(toJsonReport(report)),
} satisfies Record<string, (report: TestReport, paint: PaintReport) => string>;

export type ReporterName = keyof typeof renderers;

export const reporterNames = Object.keys(renderers) as ReporterName[];

/** The report in the form that a reporter of this name gives it. @param paint For the one that is for people. */
export function renderReport(name: ReporterName, report: TestReport, paint: PaintReport): string {
  return renderers[name](report, paint);
}
