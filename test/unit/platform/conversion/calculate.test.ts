import { describe, expect, test } from 'vitest';
import { dotnetVectors } from '../dotnet-vectors.ts';
import { resultOf } from '../run-expression.ts';

describe('Int32', () => {
  test.each(dotnetVectors.arithmetic)('%i and %i', (a, b, ...results) => {
    for (const [at, operator] of ['+', '-', '*', '/', '%'].entries()) {
      const result = results[at];
      if (result !== null) expect(resultOf(`a ${operator} b`, { a, b })).toBe(String(result));
    }
  });

  test.each(dotnetVectors.parse)('int.Parse(%j)', (text, value) => {
    const got = resultOf('int.Parse(text)', { text });
    if (value === null) expect(got).toMatch(/^EXPRESSION_FAILED/);
    else expect(got).toBe(String(value));
  });
});
