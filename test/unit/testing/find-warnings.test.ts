import { expect, test } from 'vitest';
import type { Problem } from '../../../src/base/problem.ts';
import { findWarnings } from '../../../src/testing/find-warnings.ts';

test('of the problems of all calls those with the given codes are shown, each once', () => {
  const nothing: Problem = { level: 'warning', code: 'RETURNED_NOTHING', message: 'a', hint: 'b', file: 'c', line: 1 };
  const others: Problem[] = [
    { level: 'warning', code: 'GATEWAY_GROUPS_MISSING', message: 'a', hint: 'b' },
    { level: 'error', code: 'RESULT_NOT_JSON', message: 'a', hint: 'b' },
  ];
  expect(findWarnings([nothing, ...others, nothing, { ...nothing, message: 'd' }], ['RETURNED_NOTHING'])).toEqual([
    { code: 'RETURNED_NOTHING', message: 'a', hint: 'b', file: 'c', line: 1 },
    { code: 'RETURNED_NOTHING', message: 'd', hint: 'b', file: 'c', line: 1 },
  ]);
});
