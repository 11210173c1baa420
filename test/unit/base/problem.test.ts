import { describe, expect, test } from 'vitest';
import { error, hasError, knownPlace, ofCall, warning } from '../../../src/base/problem.ts';

describe('a problem', () => {
  test('of level error counts, others do not', () => {
    const doubtful = warning('FIELD_UNKNOWN', 'what', 'do');
    expect(hasError([doubtful, { ...doubtful, level: 'info' }])).toBe(false);
    expect(hasError([doubtful, error('FIELD_MISSING', 'what', 'do')])).toBe(true);
  });

  test.each([
    [{}, {}],
    [{ file: null, line: null }, {}],
    [{ file: null, line: 3 }, {}],
    [{ file: 'main.py', line: null }, { file: 'main.py' }],
    [
      { file: 'main.py', line: 3, column: 1 },
      { file: 'main.py', line: 3 },
    ],
  ])('at %j is at %j of a call', (place, known) => {
    expect(knownPlace(place)).toEqual(known);
    const problem = warning('FIELD_UNKNOWN', 'what', 'do');
    expect(ofCall({ ...problem, ...place })).toEqual({ ...problem, ...known });
  });
});
