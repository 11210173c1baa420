import { renderSuggestion } from '../base/nearest-name.ts';
import { PluginHostError } from '../base/plugin-host-error.ts';
import { titleOf } from './test-report.ts';
import type { PlannedCase, PlannedSuite } from './test-source.ts';

/** Cases whose name, or that of their file, contains the text, in any case; and files that are not valid, whose cases nobody knows. @throws PluginHostError USAGE when there is none */
export function filterCases(suites: readonly PlannedSuite[], filter: string | undefined): readonly PlannedSuite[] {
  if (filter === undefined) return suites;
  const wanted = filter.toLowerCase();
  const isNamed = (suite: PlannedSuite, each: PlannedCase): boolean =>
    [suite.file, titleOf(each), `${suite.name} > ${each.name}`].some((text) => text.toLowerCase().includes(wanted));
  const kept = keepCases(suites, (suite, each) => each.isFile === true || isNamed(suite, each));
  if (kept.length > 0) return kept;
  const names = new Set(suites.flatMap(({ cases }) => cases.map(({ name }) => name)));
  throw new PluginHostError('USAGE', `--filter: no case has ${JSON.stringify(filter)} in its name`, {
    hint: renderSuggestion(filter, [...names].slice(0, 50)),
  });
}

/** Suites without any are left out. */
export function keepCases(
  suites: readonly PlannedSuite[],
  isKept: (suite: PlannedSuite, each: PlannedCase) => boolean,
): PlannedSuite[] {
  return suites
    .map((suite) => ({ ...suite, cases: suite.cases.filter((each) => isKept(suite, each)) }))
    .filter(({ cases }) => cases.length > 0);
}
