import {
  countCases,
  placeOf,
  renderPlace,
  type TestCase,
  type TestReport,
  type TestSuite,
  titleOf,
} from '../test-report.ts';

/** JUnit's XML as CI servers read it (Jenkins, GitLab, Azure). Source: the schema of Jenkins' xunit-plugin, junit-10.xsd. */
export function renderJUnit({ suites, durationMs }: TestReport): string {
  const counts = renderCounts(suites);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="plugin-host" ${counts} time="${renderSeconds(durationMs)}">`,
    ...suites.flatMap(renderSuite),
    '</testsuites>',
  ].join('\n');
}

function renderSuite(suite: TestSuite): string[] {
  const sumMs = suite.cases.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const attributes = `name="${escape(suite.name)}" file="${escape(suite.file)}" ${renderCounts([suite])} skipped="${countCases([suite]).skipped ?? 0}"`;
  return [
    `  <testsuite ${attributes} time="${renderSeconds(sumMs)}">`,
    ...suite.cases.flatMap((each) => renderCase(suite, each)),
    '  </testsuite>',
  ];
}

function renderCase(suite: TestSuite, each: TestCase): string[] {
  const { durationMs, failure, skipped, warnings = [] } = each;
  const { file, line } = placeOf(suite, each);
  const place = `file="${escape(file)}"${line === undefined ? '' : ` line="${line}"`}`;
  const attributes = `name="${escape(titleOf(each))}" classname="${escape(suite.name)}" ${place}`;
  const head = `    <testcase ${attributes} time="${renderSeconds(durationMs)}"`;
  if (skipped !== undefined) return [`${head}><skipped message="${escape(skipped)}"/></testcase>`];
  const told = warnings.map(({ code, message, hint }) => `warning ${code}  ${message}\n  ${hint}`).join('\n');
  const output = told === '' ? [] : [`      <system-out>${escape(told, false)}</system-out>`];
  if (failure === undefined) return told === '' ? [`${head}/>`] : [`${head}>`, ...output, '    </testcase>'];
  const body = [renderPlace(suite, failure), failure.message, failure.detail].filter((part) => part !== '').join('\n');
  return [
    `${head}>`,
    `      <failure type="failure" message="${escape(failure.message)}">${escape(body, false)}</failure>`,
    ...output,
    '    </testcase>',
  ];
}

function renderCounts(suites: readonly TestSuite[]): string {
  const { passed, failed, skipped = 0 } = countCases(suites);
  return `tests="${passed + failed + skipped}" failures="${failed}" errors="0"`;
}

function renderSeconds(durationMs: number): string {
  return (durationMs / 1000).toFixed(3);
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\n': '&#10;' };

/** XML 1.0 has no spelling for most control characters. */
function escape(text: string, isAttribute = true): string {
  return text
    .replace(/[^\t\n\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(isAttribute ? /[&<>"\n]/g : /[&<>]/g, (each) => entities[each] ?? each)
    .replace(/[\x7f-\x9f\u2028\u2029]/g, (each) => `&#${each.charCodeAt(0)};`); // a terminal may obey them
}
