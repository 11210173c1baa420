import { describe, expect, test } from 'vitest';
import type { Json } from '../../../src/base/json.ts';
import { checkMatchers } from '../../../src/testing/check-matchers.ts';

const messages = (expected: Json, mustMatch = false): string[] =>
  checkMatchers(expected, ['value'], { mustMatch }).map(({ message }) => message);

describe('expected values are refused when', () => {
  test.each<[string, Json, RegExp]>([
    ['a matcher is misspelt', { a: { contain: 'x' } }, /^value\.a: unknown matcher contain; did you mean contains\?/],
    ['one letter is wrong', { matchez: 'x' }, /unknown matcher matchez; did you mean matches\?/],
    ['a matcher stands beside other keys', { any: true, tries: 1 }, /any is a matcher, tries is not/],
    ['a pattern is none', [{ matches: '(' }], /^value\.0\.matches: Invalid regular expression/],
    ['a pattern is no text', { matches: 5 }, /expected a regular expression as text/],
    ['a kind is unknown', { any: 'text' }, /expected true or one of string, number, .*, got "text"/],
    ['absent is not true', { absent: false }, /expected true/],
    ['a matcher in a matcher is wrong', { contains: { a: { any: 3 } } }, /^value\.contains\.a\.any: /],
  ])('%s', (_title, expected, message) => {
    expect(messages(expected)).toEqual([expect.stringMatching(message)]);
  });

  test('a mapping stands where only a text can be meant', () => {
    expect(messages({ key: 'x' }, true)).toEqual([expect.stringMatching(/unknown matcher key; /)]);
    expect(messages({}, true)).toHaveLength(1);
  });

  test('there are several problems, which are all told', () => {
    expect(messages({ a: { any: 1 }, b: [{ absent: 0 }] })).toHaveLength(2);
  });
});

test.each<[Json]>([
  [{ key: 1 }],
  [{ mfa: 'otp' }],
  [{ a: { contains: 'x' } }],
  [{ equals: { any: 7 } }],
  ['x'],
  [null],
])('%j is a fine expectation', (expected) => {
  expect(messages(expected)).toEqual([]);
});
