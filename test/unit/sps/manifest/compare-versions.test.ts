import { expect, test } from 'vitest';
import { compareVersions } from '../../../../src/sps/manifest/compare-versions.ts';

test.each<[string, '<' | '=' | '>', string]>([
  ['5.11.0~', '<', '5.11.0'],
  ['5.10.99', '<', '5.11.0~'],
  ['5.9.0', '<', '5.10.0'],
  ['5.10.0', '=', '5.10.0'],
  ['5.010.0', '=', '5.10.0'],
  ['9.0', '<', '9.0.0'],
  ['9.0.0~~', '<', '9.0.0~'],
  ['9.0.0a', '>', '9.0.0'],
  ['9.0.0a', '<', '9.0.0+'],
  ['', '<', '1'],
  ['~', '<', ''],
  ['99999999999999999999999', '>', '99999999999999999999998'],
])('%s %s %s', (left, order, right) => {
  const signs = { '<': -1, '=': 0, '>': 1 };
  expect(Math.sign(compareVersions(left, right))).toBe(signs[order]);
  expect(Math.sign(compareVersions(right, left))).toBe(0 - signs[order]);
});
