import { printJson } from '../../base/json.ts';
import type { TestReport } from '../test-report.ts';
import { GithubReporter } from './github-reporter.ts';
import { JsonLinesReporter } from './json-lines-reporter.ts';
import { toJsonReport } from './json-report.ts';
import { PrettyReporter } from './pretty-reporter.ts';
import { renderJUnit } from './render-junit.ts';
import type { Reporter, ReporterOptions } from './reporter.ts';
import { TapReporter } from './tap-reporter.ts';

const makers = {
  pretty: (options) => new PrettyReporter(options),
  tap: (options) => new TapReporter(options),
  junit: (options) => whole(options, renderJUnit),
  json: (options) => whole(options, (report) => printJson(toJsonReport(report, options.slowest))),
  jsonl: (options) => new JsonLinesReporter(options),
  github: (options) => new GithubReporter(options),
} satisfies Record<string, (options: ReporterOptions) => Reporter>;

export type ReporterName = keyof typeof makers;

export const reporterNames = Object.keys(makers) as ReporterName[];

export function createReporter(name: ReporterName, options: ReporterOptions): Reporter {
  return makers[name](options);
}

/** One document, when all have ended. */
function whole({ write }: ReporterOptions, render: (report: TestReport) => string): Reporter {
  return {
    end: (report) => {
      write(render(report));
    },
  };
}
