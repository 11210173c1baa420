import { withoutControls } from '../../base/without-controls.ts';
import { renderPlace, type TestFailure, type TestReport, type TestSuite, titleOf } from '../test-report.ts';

/** Test Anything Protocol 14, one flat list; a failure carries a YAML block. Source: TAP 14 specification, testanything.org. */
export function renderTap({ suites }: TestReport): string {
  const all = suites.flatMap((suite) => suite.cases.map((each) => ({ suite, each })));
  const points = all.flatMap(({ suite, each }, index) => {
    const { passed, durationMs, failure, skipped, warnings = [] } = each;
    return [
      `${passed || skipped !== undefined ? 'ok' : 'not ok'} ${index + 1} - ${describe(`${suite.name} > ${titleOf(each)}`)} # ${
        skipped === undefined ? `time=${Math.round(durationMs)}ms` : `SKIP ${describe(skipped)}`
      }`,
      ...(failure === undefined ? [] : renderDiagnostics(suite, failure)),
      ...warnings.map(({ code, message }) => `# warning ${code} ${describe(message)}`),
    ];
  });
  return ['TAP version 14', `1..${all.length}`, ...points].join('\n');
}

/** A `#` would start a directive. */
function describe(name: string): string {
  return withoutControls(name).replace(/\s+/g, ' ').replace(/[\\#]/g, '\\$&');
}

function renderDiagnostics(suite: TestSuite, failure: TestFailure): string[] {
  const detail = failure.detail.split('\n').map((line) => (line === '' ? '' : `  ${withoutControls(line)}`));
  const block = [
    '---',
    `message: ${JSON.stringify(withoutControls(failure.message))}`,
    `at: ${JSON.stringify(withoutControls(renderPlace(suite, failure)))}`,
    // The indicator says how deep the text is, which may begin with blanks itself.
    ...(failure.detail === '' ? [] : ['detail: |2-', ...detail]),
    '...',
  ];
  return block.map((line) => (line === '' ? '' : `  ${line}`));
}
