import { describe, expect, test } from 'vitest';
import { splitText } from '../../../../src/platform/text/split-text.ts';
import { dotnetVectors } from '../dotnet-vectors.ts';
import { resultOf } from '../run-expression.ts';

/** Before .NET 5, which Mono is like, an empty text was last found one unit before the end. */
const isOlder = (method: string, given: readonly unknown[]): boolean => method === 'LastIndexOf' && given[0] === '';

describe('a method of String gives what .NET gives', () => {
  const methods = Map.groupBy(dotnetVectors.texts, ([method]) => method);
  test.each([...methods])('%s', (method, vectors) => {
    const wrong = vectors.flatMap(([, text, given, result]) => {
      if (isOlder(method, given)) return [];
      const call = `text.${method}(${given.map((each) => (typeof each === 'number' ? each : JSON.stringify(each))).join(', ')})`;
      const got = resultOf(call, { text });
      const isSame = result === null ? got.startsWith('EXPRESSION_FAILED') : got === JSON.stringify(result);
      return isSame ? [] : [{ text, call, got, result }];
    });
    expect(wrong).toEqual([]);
  });

  test.each(dotnetVectors.composite)('string.Format(%j, 7, "ab", true)', (format, text) => {
    const got = resultOf('string.Format(format, 7, "ab", true)', { format });
    if (text === null) expect(got).toMatch(/^EXPRESSION_FAILED/);
    else expect(got).toBe(JSON.stringify(text));
  });
});

test.each([
  ['a,,b', [','], Infinity, ['a', 'b']],
  [',a,,b,', [','], Infinity, ['a', 'b']],
  [',,a,,b,c', [','], 2, ['a', 'b,c']],
  ['a b\tc ', [], Infinity, ['a', 'b', 'c']],
  ['a;b,c', [',', ';'], Infinity, ['a', 'b', 'c']],
  ['', [','], Infinity, []],
])('%j without empty pieces', (text, separators, limit, pieces) => {
  expect(splitText(text, separators, limit, true)).toEqual(pieces);
});
