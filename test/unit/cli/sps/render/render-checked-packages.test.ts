import { expect, test } from 'vitest';
import type { Problem } from '../../../../../src/base/problem.ts';
import {
  type CheckedPackage,
  renderAnnotations,
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

test('annotations name files from the current folder on, in the spelling of GitHub', () => {
  const whole: Problem = { ...problem, level: 'warning', file: null, line: null, message: 'no word' };
  const packages = [
    { ...checked('plugins/a, b', problem, whole), isZip: false },
    { ...checked('../x.zip', problem), isZip: true },
    { ...checked('.', whole), isZip: false },
  ];
  expect(renderAnnotations(packages, '/work')).toBe(
    [
      '::error file=plugins/a%2C b/lib/a.py,line=7::HOOK_MISSING  lib/a.py:7: has 100%25 of%0Ait%0AMend it.',
      '::warning file=plugins/a%2C b/MANIFEST::HOOK_MISSING  no word%0AMend it.',
      '::error file=../x.zip::HOOK_MISSING  lib/a.py:7: has 100%25 of%0Ait%0AMend it.',
      '::warning file=MANIFEST::HOOK_MISSING  no word%0AMend it.',
      '',
    ].join('\n'),
  );
});
