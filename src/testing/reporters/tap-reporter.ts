import { withoutControls } from '../../base/without-controls.ts';
import { renderPlace, type SuiteHead, type TestCase, type TestFailure, titleOf } from '../test-report.ts';
import type { Reporter, ReporterOptions } from './reporter.ts';

/** Test Anything Protocol 14, one flat list; a failure carries a YAML block. Source: TAP 14 specification, testanything.org. */
export class TapReporter implements Reporter {
  readonly #write: ReporterOptions['write'];
  #number = 0;

  constructor({ write }: ReporterOptions) {
    this.#write = write;
  }

  begin(count: number): void {
    this.#write(`TAP version 14\n1..${count}`);
  }

  add(suite: SuiteHead, each: TestCase): void {
    const { passed, durationMs, failure, skipped, warnings = [] } = each;
    const isOk = passed || skipped !== undefined;
    const directive = skipped === undefined ? `time=${Math.round(durationMs)}ms` : `SKIP ${describe(skipped)}`;
    const point = `${isOk ? 'ok' : 'not ok'} ${++this.#number} - ${describe(`${suite.name} > ${titleOf(each)}`)}`;
    const lines = [
      `${point} # ${directive}`,
      ...(failure === undefined ? [] : renderDiagnostics(suite, failure)),
      ...warnings.map(({ code, message }) => `# warning ${code} ${describe(message)}`),
    ];
    this.#write(lines.join('\n'));
  }

  end(): void {
    // The plan came first.
  }

  giveUp(): void {
    this.#write('Bail out!');
  }
}

/** A `#` would start a directive. */
function describe(name: string): string {
  return withoutControls(name).replace(/\s+/g, ' ').replace(/[\\#]/g, '\\$&');
}

function renderDiagnostics(suite: SuiteHead, failure: TestFailure): string[] {
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
