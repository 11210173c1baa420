import path from 'node:path';
import { placeOf, type TestCase, type TestReport, type TestSuite, type TestWarning, titleOf } from '../test-report.ts';
import { type Annotation, renderAnnotation } from './render-annotation.ts';
import type { Reporter, ReporterOptions } from './reporter.ts';

/** Annotations of GitHub Actions: an error for each failure, a warning for each doubt, at the line where it is. */
export class GithubReporter implements Reporter {
  readonly #options: ReporterOptions;

  constructor(options: ReporterOptions) {
    this.#options = options;
  }

  end({ suites }: TestReport): void {
    const { write, currentFolder } = this.#options;
    const annotations = suites.flatMap((suite) => suite.cases.flatMap((each) => annotate(suite, each)));
    for (const each of annotations) {
      const file = path.relative(currentFolder, path.resolve(currentFolder, each.file)) || '.';
      write(renderAnnotation({ ...each, file }));
    }
  }
}

function annotate(suite: TestSuite, each: TestCase): Annotation[] {
  const { failure, warnings = [] } = each;
  const told = warnings.map((warning) => annotateWarning(suite, each, warning));
  if (failure === undefined) return told;
  const message = failure.detail === '' ? failure.message : `${failure.message}\n${failure.detail}`;
  return [{ level: 'error', ...placeOf(suite, each), title: titleOf(each), message }, ...told];
}

/** In the plugin where that is known, else at the case. */
function annotateWarning(
  suite: TestSuite,
  each: TestCase,
  { code, message, hint, file, line }: TestWarning,
): Annotation {
  const { subject } = suite;
  const isKnown = file !== undefined && subject !== undefined;
  const place = !isKnown
    ? placeOf(suite, each)
    : subject.endsWith('.zip')
      ? { file: subject }
      : { file: path.join(subject, file), line };
  return { level: 'warning', ...place, title: code, message: `${message}\n${hint}` };
}
