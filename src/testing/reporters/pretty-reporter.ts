import { indent } from '../../base/indent.ts';
import { withoutControls } from '../../base/without-controls.ts';
import { findSlowest } from '../find-slowest.ts';
import { renderPlace, type SuiteHead, type TestCase, type TestReport, titleOf } from '../test-report.ts';
import { renderCombinations } from './render-combinations.ts';
import { renderCoverage } from './render-coverage.ts';
import { renderTally } from './render-tally.ts';
import { renderTime } from './render-time.ts';
import type { PaintReport, Reporter, ReporterOptions } from './reporter.ts';

/** For people: a line for each case as soon as it has ended; then the failures in full, and the count. */
export class PrettyReporter implements Reporter {
  readonly #options: ReporterOptions;
  #file: string | undefined;
  readonly #failed: [SuiteHead, TestCase][] = [];

  constructor(options: ReporterOptions) {
    this.#options = options;
  }

  add(suite: SuiteHead, each: TestCase): void {
    const { write, paint } = this.#options;
    if (this.#file !== suite.file) write(renderTitle(suite, paint));
    this.#file = suite.file;
    if (each.failure !== undefined) this.#failed.push([suite, each]);
    write(renderCase(each, paint));
  }

  end(report: TestReport): void {
    const { write, paint, slowest } = this.#options;
    const all = report.suites.flatMap((suite) => suite.cases.map((each): [SuiteHead, TestCase] => [suite, each]));
    this.#writeFailures(all);
    const combinations = renderCombinations(report, paint);
    if (combinations !== '') write(`\n${combinations}`);
    write(`${all.length === 0 ? '' : '\n'}${renderTally(report, paint)}`);
    if (report.coverage !== undefined) write(`\n${renderCoverage(report.coverage, paint)}`);
    if (slowest !== undefined) write(renderSlowest(report, slowest, paint));
  }

  /** What is known by then. */
  giveUp(): void {
    this.#writeFailures(this.#failed);
  }

  #writeFailures(all: readonly [SuiteHead, TestCase][]): void {
    const { write, paint } = this.#options;
    for (const [suite, each] of all)
      if (each.failure !== undefined) write(`\n${renderFailure(suite, each, each.failure, paint)}`);
  }
}

function renderTitle(suite: SuiteHead, paint: PaintReport): string {
  const [name, file] = [inOneLine(suite.name), inOneLine(suite.file)];
  return paint('bold', suite.name === suite.file ? file : `${name}  ${paint('dim', file)}`);
}

function renderCase(each: TestCase, paint: PaintReport): string {
  const { passed, durationMs, skipped, warnings = [] } = each;
  const name = inOneLine(titleOf(each));
  if (skipped !== undefined) return `  ${paint('dim', `- ${name}  ${inOneLine(skipped)}`)}`;
  const mark = passed ? paint('green', '✓') : paint('red', '✗');
  // A failure shows all problems of its call.
  const shown = passed ? warnings : [];
  const lines = shown.map(
    ({ code, message, hint }) => `\n    warning ${code}  ${withoutControls(message)}\n      ${withoutControls(hint)}`,
  );
  return `  ${mark} ${name}  ${paint('dim', renderTime(durationMs))}${lines.join('')}`;
}

function renderFailure(
  suite: SuiteHead,
  each: TestCase,
  failure: NonNullable<TestCase['failure']>,
  paint: PaintReport,
): string {
  const head = `${paint('red', 'FAILED')}  ${paint('bold', inOneLine(titleOf(each)))}  ${inOneLine(renderPlace(suite, failure))}`;
  const body = [failure.message, ...(failure.detail === '' ? [] : [failure.detail])].join('\n');
  return `${head}\n${indent(withoutControls(body))}`;
}

function renderSlowest({ suites }: TestReport, count: number, paint: PaintReport): string {
  const rows = findSlowest(suites, count).map(({ name, file, line, durationMs }) => {
    const place = inOneLine(line === undefined ? file : `${file}:${line}`);
    return `  ${renderTime(durationMs).padStart(8)}  ${inOneLine(name)}  ${paint('dim', place)}`;
  });
  return rows.length === 0 ? '' : [`\n${paint('bold', 'slowest')}`, ...rows].join('\n');
}

/** The name of a case or a file, which may hold anything too. */
function inOneLine(text: string): string {
  return withoutControls(text).replace(/\s+/g, ' ');
}
