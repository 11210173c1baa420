import { indent } from '../../base/indent.ts';
import { withoutControls } from '../../base/without-controls.ts';
import { countCases, renderPlace, type TestCase, type TestReport, type TestSuite, titleOf } from '../test-report.ts';

/** Puts text into a style where it can be seen, as the terminal's `paint` does. */
export type PaintReport = (style: 'red' | 'green' | 'bold' | 'dim', text: string) => string;

/** For people: one line for each case, then the failures in full, then the count. */
export function renderPretty(report: TestReport, paint: PaintReport): string {
  const { suites, durationMs } = report;
  const failures = suites.flatMap((suite) =>
    suite.cases.flatMap((each) => (each.failure === undefined ? [] : [renderFailure(suite, each, paint)])),
  );
  return [
    ...suites.map((suite) => renderSuite(suite, paint)),
    ...failures.map((text) => `\n${text}`),
    `\n${renderTally(suites, durationMs, paint)}`,
  ].join('\n');
}

function renderSuite(suite: TestSuite, paint: PaintReport): string {
  const [name, file] = [inOneLine(suite.name), inOneLine(suite.file)];
  const title = suite.name === suite.file ? file : `${name}  ${paint('dim', file)}`;
  return [paint('bold', title), ...suite.cases.map((each) => renderCase(each, paint))].join('\n');
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

function renderFailure(suite: TestSuite, each: TestCase, paint: PaintReport): string {
  const { failure } = each;
  if (failure === undefined) return '';
  const head = `${paint('red', 'FAILED')}  ${paint('bold', inOneLine(titleOf(each)))}  ${inOneLine(renderPlace(suite, failure))}`;
  const body = [failure.message, ...(failure.detail === '' ? [] : [failure.detail])].join('\n');
  return `${head}\n${indent(withoutControls(body))}`;
}

function renderTally(suites: readonly TestSuite[], durationMs: number, paint: PaintReport): string {
  const { passed, failed, skipped = 0 } = countCases(suites);
  const parts = [
    paint(failed === 0 ? 'green' : 'dim', `${passed} passed`),
    ...(failed === 0 ? [] : [paint('red', `${failed} failed`)]),
    ...(skipped === 0 ? [] : [paint('dim', `${skipped} skipped`)]),
  ];
  return `${parts.join(', ')}  ${paint('dim', renderTime(durationMs))}`;
}

function renderTime(durationMs: number): string {
  return durationMs < 1000 ? `${Math.round(durationMs)} ms` : `${(durationMs / 1000).toFixed(1)} s`;
}

/** The name of a case or a file, which may hold anything too. */
function inOneLine(text: string): string {
  return withoutControls(text).replace(/\s+/g, ' ');
}
