import { expect, test } from 'vitest';
import { isFailure } from '../../../src/base/is-failure.ts';
import type { Level } from '../../../src/base/problem.ts';
import type { Outcome } from '../../../src/sps/outcome/outcome.ts';

test.each<[Outcome['kind'], Level[], boolean]>([
  ['returned', [], false],
  ['returned', ['warning', 'info'], false],
  ['returned', ['warning', 'error'], true],
  ['raised', [], true],
  ['timed-out', [], true],
  ['crashed', [], true],
  ['malformed', [], true],
])('a call that %s with problems of %j has failed: %s', (kind, levels, hasFailed) => {
  expect(isFailure({ outcome: { kind }, problems: levels.map((level) => ({ level })) })).toBe(hasFailed);
});
