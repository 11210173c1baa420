import path from 'node:path';
import { expect, test } from 'vitest';
import { renderRule } from '../../../../src/cli/terminal/render-rule.ts';

const at = new Date(2026, 0, 31, 9, 5, 7);

test.each([
  [[], 40, '── 09:05:07  again ─────────────────────'],
  [['src/main.py'], 40, '── 09:05:07  src/main.py changed ───────'],
  [['a', 'b', 'c'], 40, '── 09:05:07  a and 2 more changed ──────'],
  [['a'.repeat(40)], 20, `── 09:05:07  ${'a'.repeat(40)} changed ──`],
])('the rule of %j in %d columns', (changed, columns, line) => {
  expect(
    renderRule(
      changed.map((file) => path.resolve(file)),
      at,
      columns,
    ),
  ).toBe(line);
});
