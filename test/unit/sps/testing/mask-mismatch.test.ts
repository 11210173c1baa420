import { expect, test } from 'vitest';
import type { Json } from '../../../../src/base/json.ts';
import { createPluginMasker } from '../../../../src/sps/plugin/plugin-secrets.ts';
import { maskMismatch } from '../../../../src/sps/testing/mask-mismatch.ts';

const masker = createPluginMasker(['hunter22']);
const json = (value: Json): Json => masker.json(value);

test.each([
  ['null, which is no secret', ['value'], { verdict: 'NEEDINFO' }, null, { verdict: 'NEEDINFO' }, null],
  ['null in a mapping', ['value', 'a'], 'x', null, 'x', null],
  ['null below a secret name', ['value', 'passwords'], ['hunter22'], null, ['***'], null],
  ['the empty text', ['value', 'a'], 'hunter22', '', '***', ''],
  ['false and zero', ['cookie', 'a'], false, 0, false, 0],
  ['nothing', ['value', 'a'], 'x', undefined, 'x', undefined],
  ['a secret in its place', ['value', 'passwords', 0], 'a', 'b', '***', '***'],
  ['what stands under a name that is inherited', ['value', 'constructor'], 'x', 'y', 'x', 'y'],
])('a mismatch shows %s', (_name, keys, expected, got, shownExpected, shownGot) => {
  const shown = maskMismatch({ keys, expected, got }, json);
  expect([shown.expected, shown.got]).toEqual([shownExpected, shownGot]);
});

test('names that hold a secret are masked, and what stands below them', () => {
  expect(maskMismatch({ keys: ['value', 'x hunter22'], expected: undefined, got: 'a' }, json)).toEqual({
    keys: ['value', 'x ***'],
    expected: undefined,
    got: '***',
  });
});

test('what a matcher says of a secret is shown', () => {
  expect(maskMismatch({ keys: ['value', 'passwords'], expected: { any: 'text' }, got: null }, json)).toEqual({
    keys: ['value', 'passwords'],
    expected: { any: 'text' },
    got: null,
  });
});
