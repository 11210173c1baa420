import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isJsonObject, parseExactJson, plainJson } from '../../../src/base/json.ts';

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
    '["1.0",-0,{"1.0":[-1.50]},"\\\\",2.0,"\\\\\\"3.0",1E5]',
    '{"a":0.1,"__proto__":1.0,"b":[null,true]}',
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

  test('numbers in any JSON survive as they were written', () => {
    const number = fc.stringMatching(/^-?(?:0|[1-9]\d{0,20})(?:\.\d{1,9})?(?:[eE][-+]?\d{1,2})?$/);
    const list = fc.array(
      fc.oneof(
        number,
        fc.string().map((text) => JSON.stringify(text)),
      ),
    );
    fc.assert(
      fc.property(list, fc.constantFrom(',', ', ', ' ,\n'), (items, comma) => {
        const text = `{"a":[${items.join(comma)}],"b":1.0}`;
        expect(JSON.stringify(parseExactJson(text))).toBe(`{"a":[${items.join(',')}],"b":1.0}`);
      }),
    );
  });

  test('values are nested as deep as all that they go through can take', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
    expect(JSON.stringify(parseExactJson(nested(1900)))).toBe(nested(1900));
    for (const depth of [1901, 100_000]) expect(() => parseExactJson(nested(depth))).toThrow(RangeError);
    expect(JSON.stringify(parseExactJson(`"${'['.repeat(100_000)}"`))).toHaveLength(100_002);
    expect(() => parseExactJson('[1,]')).toThrow(SyntaxError);
  });

  test('plain numbers come back for programs', () => {
    expect(plainJson(parseExactJson('{"a":[1.0,12345678901234567890]}'))).toEqual({ a: [1, 12345678901234567000] });
  });

  test('a kept number is no mapping', () => {
    expect(isJsonObject(parseExactJson('1.0'))).toBe(false);
    expect(isJsonObject({})).toBe(true);
  });
});
