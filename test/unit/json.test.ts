import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isJsonObject, parseExactJson, plainJson } from '../../src/json.ts';

describe('exact JSON', () => {
  test.each([
    '1.0',
    '1',
    '-0.0',
    '1e+16',
    '123456789012345678901234567890',
    '[1.50,{"a":2.0}]',
    '{"__proto__":{"a":1}}',
    '"\\ud800"',
  ])('%s is written as it was read', (text) => {
    expect(JSON.stringify(parseExactJson(text))).toBe(text);
  });

  test('any JSON survives', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(JSON.stringify(parseExactJson(text))).toBe(text);
      }),
    );
  });

  test('plain numbers come back for programs', () => {
    expect(plainJson(parseExactJson('{"a":[1.0,12345678901234567890]}'))).toEqual({ a: [1, 12345678901234567000] });
  });

  test('a kept number is no mapping', () => {
    expect(isJsonObject(parseExactJson('1.0'))).toBe(false);
    expect(isJsonObject({})).toBe(true);
  });
});
