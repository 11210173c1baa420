import { printJson } from '../../base/json.ts';
import type { TestReport } from '../test-report.ts';
import { toJsonReport } from './json-report.ts';
import { renderJUnit } from './render-junit.ts';
import { type PaintReport, renderPretty } from './render-pretty.ts';
import { renderTap } from './render-tap.ts';

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
