import { expect, test } from 'vitest';
import { chooseReporters, type ReporterFlags } from '../../../../src/testing/reporters/choose-reporters.ts';

test.each<[ReporterFlags, string[]]>([
  [{}, ['pretty']],
  [{ json: true }, ['json']],
  [{ json: true, reporter: ['json'] }, ['json']],
  [{ json: true, reporter: ['json=a.json'] }, ['json', 'json a.json']],
  [{ reporter: ['tap'] }, ['tap']],
  [{ reporter: ['junit=out/a=b.xml'] }, ['junit out/a=b.xml']],
  [{ reporter: ['junit=a.xml', 'pretty', 'tap=a.tap'] }, ['junit a.xml', 'pretty', 'tap a.tap']],
  [{ reporter: ['junit=-', 'github=/dev/stderr'] }, ['junit', 'github /dev/stderr']],
  [{ reporter: ['pretty', 'junit=a.xml'], watch: true }, ['pretty', 'junit a.xml']],
  [{ reporter: ['jsonl'], watch: true }, ['jsonl']],
  [{ list: true, json: true }, ['json']],
])('%j gives %j', (flags, expected) => {
  const shown = chooseReporters(flags).map(({ name, file }) => (file === undefined ? name : `${name} ${file}`));
  expect(shown).toEqual(expected);
});

test.each<[ReporterFlags, string]>([
  [{ reporter: ['tapp'] }, 'tapp is not a reporter'],
  [{ reporter: ['pretty', 'tapp=x'] }, 'tapp is not a reporter'],
  [{ reporter: ['junit='] }, '--reporter junit=: the name of a file is missing'],
  [{ json: true, reporter: ['tap'] }, '--json prints JSON, --reporter tap something else'],
  [{ reporter: ['pretty', 'tap'] }, '--reporter pretty and --reporter tap both write to standard output'],
  [{ reporter: ['pretty', 'pretty'] }, '--reporter pretty and --reporter pretty both write to standard output'],
  [{ reporter: ['junit=a', 'tap=a'] }, 'two reporters write to a'],
  [{ json: true, watch: true }, '--watch reports after each change, json is one document'],
  [{ reporter: ['junit'], watch: true }, '--watch reports after each change, junit is one document'],
  [{ list: true, reporter: ['junit=a.xml'] }, '--list runs nothing, --reporter junit=a.xml shows what was run'],
  [{ list: true, watch: true }, '--list runs nothing, --watch shows what was run'],
])('%j is refused', (flags, message) => {
  expect(() => chooseReporters(flags)).toThrow(message);
});
