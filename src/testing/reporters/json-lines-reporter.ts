import { printJsonLine } from '../../base/json.ts';
import { countCases, type SuiteHead, type TestCase, type TestReport } from '../test-report.ts';
import type { Reporter, ReporterOptions } from './reporter.ts';

/** One JSON document a line, for programs that follow a run: `{"event":"case",…}` for each case as it ends, then `{"event":"end",…}` with the counts. */
export class JsonLinesReporter implements Reporter {
  readonly #write: ReporterOptions['write'];

  constructor({ write }: ReporterOptions) {
    this.#write = write;
  }

  add({ name: suite, file }: SuiteHead, each: TestCase): void {
    this.#write(printJsonLine({ event: 'case', suite, file, ...each }));
  }

  end({ suites, durationMs }: TestReport): void {
    const tally = countCases(suites);
    this.#write(printJsonLine({ event: 'end', ok: tally.failed === 0, ...tally, durationMs }));
  }
}
