import { withoutControls } from '../../base/without-controls.ts';
import type { CoveredFile } from '../coverage-report.ts';
import { countCases, renderPlace, type TestCase, type TestReport, type TestSuite, titleOf } from '../test-report.ts';
import { renderTally } from './render-tally.ts';
import { renderTime } from './render-time.ts';

/** GitHub refuses a summary of more than 1 MiB as a whole. */
const shownFailures = 50;
const longestFailure = 10_000;
const shownFiles = 100;

/** The summary of a job on GitHub, in Markdown: the counts of each suite, and the failures. Source: GitHub documentation, job summaries. */
export function renderJobSummary(report: TestReport): string {
  const { suites } = report;
  const failures = suites.flatMap((suite) => suite.cases.flatMap((each) => renderFailure(suite, each)));
  const more = failures.length - shownFailures;
  return [
    `### ${mark(suites)} plugin-host: ${renderTally(report, (_style, text) => text)}`,
    ['| | Suite | Passed | Failed | Skipped | Time |', '|---|---|--:|--:|--:|--:|', ...suites.map(renderRow)].join(
      '\n',
    ),
    ...renderCoverageRows(report),
    ...failures.slice(0, shownFailures),
    ...(more > 0 ? [`And ${more} more.`] : []),
  ]
    .map((part) => `${part}\n\n`)
    .join('');
}

function mark(suites: readonly TestSuite[]): string {
  return countCases(suites).failed === 0 ? '✅' : '❌';
}

function renderRow(suite: TestSuite): string {
  const { passed, failed, skipped = 0 } = countCases([suite]);
  const sumMs = suite.cases.reduce((sum, { durationMs }) => sum + durationMs, 0);
  return `| ${mark([suite])} | ${escape(suite.name)} | ${passed} | ${failed} | ${skipped} | ${renderTime(sumMs)} |`;
}

function renderCoverageRows({ coverage }: TestReport): string[] {
  if (coverage === undefined || coverage.files.length === 0) return [];
  const row = (name: string, { lines, covered, percent }: Omit<CoveredFile, 'file' | 'missing'>): string =>
    `| ${escape(name)} | ${lines} | ${covered} | ${percent} |`;
  const rows = coverage.files.slice(0, shownFiles).map((each) => row(each.file, each));
  return [['| Coverage | Lines | Covered | % |', '|---|--:|--:|--:|', ...rows, row('all files', coverage)].join('\n')];
}

function renderFailure(suite: TestSuite, each: TestCase): string[] {
  const { failure } = each;
  if (failure === undefined) return [];
  const text = withoutControls([failure.message, failure.detail].filter((part) => part !== '').join('\n'));
  const cut = text.length > longestFailure ? `${text.slice(0, longestFailure)}…` : text;
  const fence = '`'.repeat(Math.max(2, ...[...cut.matchAll(/`+/g)].map(([ticks]) => ticks.length)) + 1);
  const title = `❌ <b>${escape(titleOf(each))}</b> ${escape(renderPlace(suite, failure))}`;
  return [`<details><summary>${title}</summary>\n\n${fence}text\n${cut}\n${fence}\n\n</details>`];
}

/** A name, which may hold anything, in a cell of a table or in HTML. */
function escape(text: string): string {
  return withoutControls(text)
    .replace(/\s+/g, ' ')
    .replace(/[&<>"|\\`*_[\]~#]/g, (each) => `&#${each.charCodeAt(0)};`);
}
