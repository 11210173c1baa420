import { describe, expect, test } from 'vitest';
import { restoreConfiguration, restoreMasked } from '../../../../src/inspector/api/mask-input.ts';

describe('edited arguments', () => {
  const recorded = { otp: '123456', note: 'the 123456', list: ['123456', 'b'] };
  const masked = { otp: '***', note: 'the ***', list: ['***', 'b'] };

  test('that stand as they were shown masked are what was recorded', () => {
    expect(restoreMasked(masked, recorded, masked)).toEqual(recorded);
  });

  test('that were changed are as they were typed', () => {
    const edited = { otp: '999', note: 'a ***', list: ['b', '***'], more: '***' };
    expect(restoreMasked(edited, recorded, masked)).toEqual({
      otp: '999',
      note: 'a ***',
      list: ['b', 'b'],
      more: '***',
    });
  });
});

test('a line of a configuration that stands masked is the recorded one', () => {
  const secrets = { values: ['abcd-efgh'], names: [] };
  const recorded = '[a]\napi_key = abcd-efgh\npin = 12\nurl = x\n';
  expect(restoreConfiguration('[a]\napi_key = ***\nurl = y\n', recorded, secrets)).toBe(
    '[a]\napi_key = abcd-efgh\nurl = y\n',
  );
});
