import { expect, test } from 'vitest';
import { apiOf } from '../../../../src/sps/manifest/api-of.ts';

test.each([
  ['9.0.0', '1.9'],
  ['9.1.2', '1.9'],
  ['8.2', '1.8'],
  ['7.5.1', '1.7'],
  ['6.12.0', '1.7'],
  ['6.9.5', '1.6'],
  ['6.4.0', '1.4'],
  ['6.0.9', '1.1'],
  ['5.9', '1.0'],
])('release %s has API %s', (release, api) => {
  expect(apiOf(release)).toBe(api);
});
