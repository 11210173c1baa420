import { expect, test } from 'vitest';
import { createPluginMasker } from '../../../src/sps/plugin/plugin-secrets.ts';
import { maskMismatch } from '../../../src/testing/mask-mismatch.ts';

const masker = createPluginMasker(['hunter22']);

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
  const shown = maskMismatch({ keys, expected, got }, masker);
  expect([shown.expected, shown.got]).toEqual([shownExpected, shownGot]);
});

test('names that hold a secret are masked, and what stands below them', () => {
  expect(maskMismatch({ keys: ['value', 'x hunter22'], expected: undefined, got: 'a' }, masker)).toEqual({
    keys: ['value', 'x ***'],
    expected: undefined,
    got: '***',
  });
});

test('what a matcher says of a secret is shown', () => {
  expect(maskMismatch({ keys: ['value', 'passwords'], expected: { any: 'text' }, got: null }, masker)).toEqual({
    keys: ['value', 'passwords'],
    expected: { any: 'text' },
    got: null,
  });
});

test('what is said in place of the values is masked as a text', () => {
  const instead = 'expected nothing, got a group\n  "a" = "hunter22"';
  expect(maskMismatch({ keys: ['a'], expected: undefined, got: null, instead }, masker)).toMatchObject({
    instead: 'expected nothing, got a group\n  "a" = "***"',
  });
});
