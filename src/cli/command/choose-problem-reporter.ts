import { renderSuggestion } from '../../base/nearest-name.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { option } from './option.ts';

const problemReporters = ['pretty', 'json', 'github', 'sarif'] as const;

export type ProblemReporter = (typeof problemReporters)[number];

/** Of every command that reports problems of files. */
export const problemReporterOption = option(
  '--reporter <name>',
  'pretty (default), json, github: annotations of GitHub Actions, or sarif: for code scanning',
  { completes: problemReporters },
);

/** @throws PluginHostError USAGE */
export function chooseProblemReporter({
  json,
  reporter = json ? 'json' : 'pretty',
}: {
  json?: boolean;
  reporter?: string;
}): ProblemReporter {
  const known = problemReporters.find((each) => each === reporter);
  if (known === undefined) {
    throw new PluginHostError('USAGE', `${reporter} is not a reporter`, {
      hint: renderSuggestion(reporter, problemReporters),
    });
  }
  if (json && known !== 'json') {
    throw new PluginHostError('USAGE', `--json prints JSON, --reporter ${known} something else`, {
      hint: 'Leave out one of them.',
    });
  }
  return known;
}
