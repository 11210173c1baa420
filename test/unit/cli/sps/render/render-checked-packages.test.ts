import { expect, test } from 'vitest';
import type { Problem } from '../../../../../src/base/problem.ts';
import { renderAnnotations } from '../../../../../src/cli/reporting/render-annotations.ts';
import { toSarif } from '../../../../../src/cli/reporting/to-sarif.ts';
import {
  type CheckedPackage,
  placeProblems,
  renderCheckedPackages,
} from '../../../../../src/cli/sps/render/render-checked-packages.ts';
import type { Terminal } from '../../../../../src/cli/terminal/create-terminal.ts';

const problem: Problem = {
  ...{ level: 'error', code: 'HOOK_MISSING', message: 'lib/a.py:7: has 100% of\nit', hint: 'Mend it.' },
  ...{ file: 'lib/a.py', line: 7 },
};

function checked(path: string, ...problems: Problem[]): CheckedPackage {
  const manifest = { name: 'Trial', version: '1.0', type: 'aa', api: '1.9' };
  return { path, ok: problems.length === 0, manifest, hooks: ['authenticate'], problems, notes: [] };
}

const terminal = { paint: (_style, text) => text } as Pick<Terminal, 'paint'> as Terminal;

test('several packages end with how many are refused, one does not', () => {
  expect(
    renderCheckedPackages([checked('a'), checked('b', { ...problem, message: 'one \u001b[31m' })], true, terminal),
  ).toBe(
    [
      'ok  a  Trial 1.0, aa, API 1.9',
      '  hooks: authenticate',
      'refused  b  Trial 1.0, aa, API 1.9  1 error',
      '  hooks: authenticate',
      String.raw`error HOOK_MISSING  one \x1b[31m`,
      '  Mend it.',
      '',
      '2 packages: 1 ok, 1 refused',
    ].join('\n'),
  );
  expect(renderCheckedPackages([checked('a')], true, terminal)).not.toContain('packages');
});

const whole: Problem = { ...problem, level: 'warning', file: null, line: null, message: 'no word' };
const placed = placeProblems([
  { ...checked('plugins/a, b', problem, whole), isZip: false },
  { ...checked('../x.zip', problem), isZip: true },
  { ...checked('.', whole), isZip: false },
]);

test('annotations name files from the current folder on, in the spelling of GitHub', () => {
  expect(renderAnnotations(placed, '/work')).toEqual([
    '::error file=plugins/a%2C b/lib/a.py,line=7::HOOK_MISSING  lib/a.py:7: has 100%25 of%0Ait%0AMend it.',
    '::warning file=plugins/a%2C b/MANIFEST::HOOK_MISSING  no word%0AMend it.',
    '::error file=../x.zip::HOOK_MISSING  lib/a.py:7: has 100%25 of%0Ait%0AMend it.',
    '::warning file=MANIFEST::HOOK_MISSING  no word%0AMend it.',
  ]);
});

test('SARIF has a rule for each code, and a result with a place for each problem', () => {
  const at = (uri: string, startLine: number) => [
    { physicalLocation: { artifactLocation: { uri }, region: { startLine } } },
  ];
  const text = 'lib/a.py:7: has 100% of\nit\nMend it.';
  expect(toSarif(placed, '/work')).toMatchObject({
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'plugin-host', rules: [{ id: 'HOOK_MISSING' }] } },
        results: [
          { ruleId: 'HOOK_MISSING', level: 'error', message: { text }, locations: at('plugins/a%2C%20b/lib/a.py', 7) },
          { level: 'warning', locations: at('plugins/a%2C%20b/MANIFEST', 1) },
          { level: 'error', locations: at('../x.zip', 1) },
          { level: 'warning', locations: at('MANIFEST', 1) },
        ],
      },
    ],
  });
});
