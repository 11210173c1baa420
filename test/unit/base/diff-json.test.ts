import { expect, test } from 'vitest';
import { diffJson } from '../../../src/base/diff-json.ts';

test('keys added, changed and removed are told by their path', () => {
  expect(diffJson({ a: 1, b: { c: [1], d: 2 } }, { b: { c: [1, 2], d: 2 }, e: null })).toEqual([
    { keys: ['a'], path: 'a', before: 1, after: undefined },
    { keys: ['b', 'c'], path: 'b.c', before: [1], after: [1, 2] },
    { keys: ['e'], path: 'e', before: undefined, after: null },
  ]);
});

test('a mapping that becomes something else differs as a whole', () => {
  expect(diffJson({ a: {} }, { a: 1 })).toEqual([{ keys: ['a'], path: 'a', before: {}, after: 1 }]);
});

test('equal values do not differ', () => {
  expect(diffJson({ a: [1, { b: null }] }, { a: [1, { b: null }] })).toEqual([]);
});
