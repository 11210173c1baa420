import { type ChosenTests, chooseTests } from './run-tests.ts';
import { type CaseHead, placeWritten, type SuiteHead, titleOf } from './test-report.ts';
import type { PlannedCase, PlannedSuite, TestSource } from './test-source.ts';

/** The cases as they would be run, for one JSON document: a report without results. */
export interface TestList {
  suites: ListedSuite[];
}

interface ListedSuite extends SuiteHead {
  cases: ListedCase[];
}

interface ListedCase extends CaseHead {
  file: string;
}

/** Those that would be run; closes the source. @throws PluginHostError USAGE when the filter leaves none */
export async function listTests(source: TestSource, chosen: ChosenTests): Promise<TestList> {
  try {
    return { suites: chooseTests(source, chosen).map(listSuite) };
  } finally {
    await source.close?.();
  }
}

function listSuite(suite: PlannedSuite): ListedSuite {
  return { ...suite, cases: suite.cases.map((each) => listCase(suite, each)) };
}

function listCase(suite: SuiteHead, { run, isFile, name, combination, ...place }: PlannedCase): ListedCase {
  return { name, ...placeWritten(suite, { name, ...place }), ...(combination && { combination }) };
}

/** For people and for `grep`: `vault.plugin-test.yaml:12  the root password is found` on each line. */
export function renderTestList({ suites }: TestList): string {
  const cases = suites.flatMap((suite) => suite.cases);
  return cases.map((each) => `${each.file}:${each.line ?? 1}  ${titleOf(each)}`).join('\n');
}
