import { expect, test } from 'vitest';
import { combinationsOf, parseMatrix } from '../../../src/testing/matrix.ts';

const forms = {
  sdk: { pattern: /^\d+(?:\.\d+)+$/, example: '1.8.4,1.9.1' },
  python: { pattern: /^\S+$/, example: '3.11,3.12' },
};

test('each combination has one value of each axis, the last axis changing first', () => {
  const matrix = parseMatrix(['sdk=1.8.4,1.9.1', 'python=3.11', 'python=3.12, 3.11'], forms);
  expect(combinationsOf(matrix)).toEqual([
    { sdk: '1.8.4', python: '3.11' },
    { sdk: '1.8.4', python: '3.12' },
    { sdk: '1.9.1', python: '3.11' },
    { sdk: '1.9.1', python: '3.12' },
  ]);
  expect(combinationsOf({})).toEqual([]);
});

test.each([
  ['skd=1.9.1', '--matrix: "skd" is no axis', 'Did you mean sdk? Axes: sdk, python.'],
  ['1.9.1', '--matrix: "1.9.1" is no axis', 'Known: sdk, python. Axes: sdk, python.'],
  ['sdk=1.9.1,new', '--matrix: "new" is no value of sdk', 'Write --matrix sdk=1.8.4,1.9.1.'],
  ['sdk', '--matrix: "" is no value of sdk', 'Write --matrix sdk=1.8.4,1.9.1.'],
])('%s is refused', (word, message, hint) => {
  expect(() => parseMatrix([word], forms)).toThrow(expect.objectContaining({ code: 'USAGE', message, hint }));
});
