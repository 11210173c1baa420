import { expect, test } from 'vitest';
import { hashText } from '../../../src/base/hash-text.ts';

// Source: test vectors of the FNV reference, draft-eastlake-fnv.
test.each([
  ['', 'cbf29ce484222325'],
  ['a', 'af63dc4c8601ec8c'],
  ['foobar', '85944171f73967e8'],
])('%j has the hash of FNV-1a', (text, hash) => {
  expect(hashText(text)).toBe(hash);
});

test('a hash has 16 digits, whatever the text', () => {
  const hashes = Array.from({ length: 2000 }, (_, index) => hashText(`ä${index}`));
  expect(hashes.filter((hash) => !/^[0-9a-f]{16}$/.test(hash))).toEqual([]);
  expect(new Set(hashes).size).toBe(2000);
});
