import { expect, test } from 'vitest';
import { findJsonFault } from '../../../../../src/inspector/page/details/find-json-fault.ts';

test.each([
  ['', 1, 1],
  ['{\n  "a": }', 2, 8],
  ['{\n  "a": 1', 2, 9],
  ['{"a" 1}', 1, 6],
  ['{"a":1,}', 1, 8],
  ['{a:1}', 1, 2],
  ['[1 2]', 1, 4],
  ['{"a":"x\ny"}', 1, 6],
  ['{"a":01}', 1, 7],
  ['{} x', 1, 4],
  ["{'a':1}", 1, 2],
])('%j is no JSON from line %i, column %i', (text, line, column) => {
  expect(findJsonFault(text)).toEqual({ line, column });
});

test.each(['{}', ' {"a": [1, -2.5e+3, true, null, "\\u00e4\\n", {}, []]} \n', '"x"'])('%j is JSON', (text) => {
  expect(findJsonFault(text)).toBeUndefined();
});
