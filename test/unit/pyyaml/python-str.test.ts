import { expect, test } from 'vitest';
import { pythonStr } from '../../../src/pyyaml/python-str.ts';

test.each<[number, string]>([
  [0, '0.0'],
  [-0, '-0.0'],
  [1, '1.0'],
  [1.5, '1.5'],
  [0.1, '0.1'],
  [100, '100.0'],
  [123456.789, '123456.789'],
  [0.0001, '0.0001'],
  [0.00001, '1e-05'],
  [0.000012345, '1.2345e-05'],
  [1e15, '1000000000000000.0'],
  [9007199254740993, '9007199254740992.0'],
  [1e16, '1e+16'],
  [1.25e21, '1.25e+21'],
  [5e-324, '5e-324'],
  [-1.7976931348623157e308, '-1.7976931348623157e+308'],
  [Infinity, 'inf'],
  [-Infinity, '-inf'],
  [NaN, 'nan'],
])('the float %d is %s', (value, text) => {
  expect(pythonStr(value)).toBe(text);
});

test('integers have any size that Python writes', () => {
  expect(pythonStr(12345678901234567890n)).toBe('12345678901234567890');
  expect(pythonStr(10n ** 4300n - 1n)).toHaveLength(4300);
  expect(pythonStr(10n ** 4300n)).toBeUndefined();
});

test.each([
  [true, 'True'],
  [false, 'False'],
  [null, 'None'],
  ['text', 'text'],
])('%j is %s', (value, text) => {
  expect(pythonStr(value)).toBe(text);
});
