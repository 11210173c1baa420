import { describe, expect, test } from 'vitest';
import type { Json } from '../../../src/base/json.ts';
import { compareValue } from '../../../src/testing/compare-value.ts';

describe('a value is as expected when', () => {
  test.each<[string, Json, Json | undefined]>([
    ['it is the same', 'a', 'a'],
    ['it is null as expected', null, null],
    ['a mapping has more keys', { a: 1 }, { a: 1, b: 2 }],
    ['a mapping in a mapping has more keys', { a: { b: 1 } }, { a: { b: 1, c: 2 } }],
    ['any mapping will do', {}, { a: 1 }],
    ['a list has the same items', [1, [2], { a: 1 }], [1, [2], { a: 1 }]],
    ['a matcher stands for an item', [{ any: 'string' }, { a: { matches: '^x' } }], ['s', { a: 'xy' }]],
    ['a text contains another', { contains: 'oun' }, 'Found'],
    ['a text contains each of several', { contains: ['F', 'd'] }, 'Found'],
    ['a list contains an item', { contains: 'b' }, ['a', 'b']],
    ['a list contains an item that is a list', { contains: ['ssh-rsa', { any: true }] }, [['ssh-rsa', 'key']]],
    ['a list contains a mapping with these keys', { contains: { a: 1 } }, [{ a: 1, b: 2 }]],
    ['a mapping contains another', { contains: { a: 1 } }, { a: 1, b: 2 }],
    ['a pattern is found at the start of a line', { matches: '^Found \\d+$' }, 'one\nFound 2\n'],
    ['something is there', { any: true }, null],
    ['it is of the kind', { any: 'integer' }, 3],
    ['it is absent', { absent: true }, undefined],
    ['a key is absent', { a: { absent: true } }, { b: 1 }],
    ['it equals a mapping that looks like a matcher', { equals: { any: true } }, { any: true }],
    ['several matchers hold', { any: 'string', contains: 'a', matches: 'b$' }, 'ab'],
  ])('%s', (_title, expected, got) => {
    expect(compareValue(expected, got)).toEqual([]);
  });
});

describe('a value is not as expected when', () => {
  test.each<[string, Json, Json | undefined, string[]]>([
    ['it is another', 'a', 'b', ['']],
    ['it is of another type', 1, '1', ['']],
    ['it is null', {}, null, ['']],
    ['it is a list and not a mapping', {}, [], ['']],
    ['there is nothing', null, undefined, ['']],
    ['keys differ or are missing, each told', { a: 1, b: { c: 2, d: 3 } }, { a: 2, b: { c: 2 } }, ['a', 'b.d']],
    ['a key is only inherited', { toString: { any: true } }, {}, ['toString']],
    ['a list is longer', [1], [1, 2], ['']],
    ['an item differs', { passwords: ['a', 'b'] }, { passwords: ['a', 'c'] }, ['passwords.1']],
    ['a mapping in a list has more keys', [{ a: 1 }], [{ a: 1, b: 2 }], ['0.b']],
    ['a text does not contain another', { contains: 'x' }, 'Found', ['']],
    ['a text contains only one of several', { contains: ['F', 'x'] }, 'Found', ['']],
    ['a list contains no such item', { contains: 'c' }, ['a', 'b'], ['']],
    ['a number is no text', { matches: '1' }, 1, ['']],
    ['a pattern is not found', { matches: '^ound' }, 'Found', ['']],
    ['it is of another kind', { any: 'integer' }, 1.5, ['']],
    ['nothing is there', { a: { any: true } }, {}, ['a']],
    ['null is there and not nothing', { absent: true }, null, ['']],
    ['it has more keys and must be equal', { equals: { a: 1 } }, { a: 1, b: 2 }, ['']],
    ['one of several matchers does not hold', { any: 'string', contains: 'x', matches: 'b$' }, 'ab', ['']],
  ])('%s', (_title, expected, got, places) => {
    expect(compareValue(expected, got).map(({ keys }) => keys.join('.'))).toEqual(places);
  });
});
