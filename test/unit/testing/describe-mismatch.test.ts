import { expect, test } from 'vitest';
import type { Mismatch } from '../../../src/testing/compare-value.ts';
import { describeMismatch } from '../../../src/testing/describe-mismatch.ts';

const long = 'x'.repeat(70);

test.each<[string, Mismatch, string]>([
  ['short values', { keys: ['value', 'a', 0], expected: 'x', got: null }, 'value.a.0: expected "x", got null'],
  [
    'nothing',
    { keys: ['verdict'], expected: { any: true }, got: undefined },
    'verdict: expected {"any":true}, got nothing',
  ],
  ['a note beside short values', { keys: ['a'], expected: [1], got: [], note: 'n' }, 'a: expected [1], got []'],
  ['long values', { keys: ['a'], expected: 1, got: long }, `a: not as expected\n  - 1\n  + "${long}"`],
  [
    'why long values differ',
    { keys: ['a'], expected: [long], got: [], note: 'n' },
    `a: n\n  - [\n  -   "${long}"\n  - ]\n  + []`,
  ],
  ['what is said in their place', { keys: ['maxMs'], expected: 1, got: 2, instead: 'too late' }, 'maxMs: too late'],
])('a mismatch tells %s', (_name, mismatch, told) => {
  expect(describeMismatch(mismatch)).toBe(told);
});
