import { renderSuggestion } from '../../base/nearest-name.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { type ReporterName, reporterNames } from './render-report.ts';

/** Flags of a command that runs tests. */
export interface ReporterChoice {
  reporter?: string | undefined;
  json?: boolean | undefined;
  watch?: boolean | undefined;
}

/** @throws PluginHostError USAGE for an unknown name, and for flags that contradict each other */
export function chooseReporter({ json, reporter, watch }: ReporterChoice): ReporterName {
  const name = reporter ?? (json ? 'json' : 'pretty');
  const known = reporterNames.find((each) => each === name);
  if (known === undefined) {
    throw new PluginHostError('USAGE', `${name} is not a reporter`, { hint: renderSuggestion(name, reporterNames) });
  }
  if (json && known !== 'json') {
    throw new PluginHostError('USAGE', `--json prints JSON, --reporter ${name} something else`, {
      hint: 'Leave out one of them.',
    });
  }
  if (watch && known !== 'pretty') {
    throw new PluginHostError('USAGE', `--watch reports after each change, ${known} is one document`, {
      hint: 'Leave out one of them.',
    });
  }
  return known;
}
