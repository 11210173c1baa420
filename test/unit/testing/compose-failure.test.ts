import { describe, expect, test } from 'vitest';
import { PluginHostError } from '../../../src/base/plugin-host-error.ts';
import { composeFailure, failureOfError, isFaultOfCase, section } from '../../../src/testing/compose-failure.ts';

describe('a failure', () => {
  test('has the first line of the first mismatch as its message, all others below', () => {
    const below = [...section('log', 'a\n\nb'), ...section('problems', '')];
    const mismatches = ['value: not as expected\n  - 1\n  + 2', 'log: another'];
    expect(composeFailure({ mismatches, below, place: { line: 3 } })).toEqual({
      message: 'value: not as expected',
      detail: '  - 1\n  + 2\nlog: another\nlog\n  a\n\n  b',
      line: 3,
    });
  });

  test('of a case that could not be run stands where its first problem is, unless a place is known', () => {
    const problem = {
      level: 'error',
      code: 'SCENARIO_INVALID',
      message: 'a',
      hint: 'b',
      file: 'c',
      line: 7,
      column: 1,
    } as const;
    const error = new PluginHostError('SCENARIO_INVALID', 'wrong', { hint: 'Do it.', problems: [problem] });
    expect(failureOfError(error)).toEqual({ message: 'SCENARIO_INVALID: wrong', detail: 'Do it.', line: 7 });
    expect(failureOfError(error, { file: 'd', line: 2 })).toMatchObject({ file: 'd', line: 2 });
  });

  test.each([
    ['PACKAGE_NOT_FOUND', true],
    ['SCENARIO_INVALID', true],
    ['INTERPRETER_MISSING', false],
    ['HOST_FAILED', false],
  ] as const)('%s is the fault of a case: %s', (code, expected) => {
    expect(isFaultOfCase(new PluginHostError(code, 'a', { hint: 'b' }))).toBe(expected);
  });
});
