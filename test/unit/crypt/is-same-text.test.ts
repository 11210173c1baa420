import { expect, test } from 'vitest';
import { isSameText } from '../../../src/crypt/is-same-text.ts';

test.each([
  ['', '', true],
  ['ab', 'ab', true],
  ['ab', 'aB', false],
  ['ab', 'abc', false],
  ['ä', 'a', false],
])('%j and %j: %j', (one, other, isSame) => {
  expect(isSameText(one, other)).toBe(isSame);
});
