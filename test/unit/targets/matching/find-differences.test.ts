import { describe, expect, test } from 'vitest';
import type { Json } from '../../../../src/base/json.ts';
import { findDifferences, findTextDifferences } from '../../../../src/targets/matching/find-differences.ts';

describe('a value', () => {
  test.each<[string, Json, Json]>([
    ['a text that is equal', 'a', 'a'],
    ['a part of a text', { contains: 'b' }, 'abc'],
    ['a pattern', { matches: '^b.$' }, 'a\nbc\nd'],
    ['both at once', { contains: 'a', matches: 'c$' }, 'abc'],
    ['anything', { any: true }, null],
    ['a mapping with more keys', { a: 1 }, { a: 1, b: 2 }],
    ['a mapping within a list with more keys', [{ a: 1 }], [{ a: 1, b: 2 }]],
    ['a matcher within', { a: [{ contains: 'x' }] }, { a: ['xyz'] }],
    ['null', null, null],
  ])('matches: %s', (_what, expected, got) => {
    expect(findDifferences(expected, got)).toEqual([]);
  });

  test.each<[string, Json, Json | undefined, unknown[]]>([
    ['another text', 'a', 'A', ['$']],
    ['nothing, though anything would do', { any: true }, undefined, ['$']],
    ['a number for a text', '1', 1, ['$']],
    ['a key that is not there', { a: { b: 1 } }, { a: {} }, ['a.b']],
    ['a list of another length', { a: [1, 2] }, { a: [1] }, ['a']],
    ['a list in another order', [1, 2], [2, 1], ['0', '1']],
    ['a pattern over no text', { matches: '1' }, 1, ['$']],
    ['a name of every object', { toString: 1 }, {}, ['toString']],
  ])('differs: %s', (_what, expected, got, places) => {
    expect(findDifferences(expected, got).map(({ keys }) => keys.join('.') || '$')).toEqual(places);
  });
});

describe('what comes as text', () => {
  test.each<[string, Json, Json]>([
    ['a number as it is written', { page: 2 }, { page: '2' }],
    ['a truth value', { all: true }, { all: 'true' }],
    ['one of several lines', { link: { contains: 'next' } }, { link: ['<self>', '<next>'] }],
    ['several lines in their order', { link: ['a', { any: true }] }, { link: ['a', 'b'] }],
    ['one line where a list is meant', { link: ['a'] }, { link: 'a' }],
  ])('matches: %s', (_what, expected, got) => {
    expect(findTextDifferences(expected, got)).toEqual([]);
  });

  test('differs where no line is the expected one', () => {
    expect(findTextDifferences({ link: 'c' }, { link: ['a', 'b'] })).toEqual([
      { keys: ['link'], expected: 'c', got: ['a', 'b'] },
    ]);
  });
});
