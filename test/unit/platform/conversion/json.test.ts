import { describe, expect, test } from 'vitest';
import { fromJson, fromJsonAsToken } from '../../../../src/platform/conversion/from-json.ts';
import { parseJson } from '../../../../src/platform/conversion/parse-json.ts';
import { toJson } from '../../../../src/platform/conversion/to-json.ts';
import { Bytes } from '../../../../src/platform/values/bytes.ts';
import { Dictionary } from '../../../../src/platform/values/dictionary.ts';
import { Double } from '../../../../src/platform/values/double.ts';
import { HeaderCollection } from '../../../../src/platform/values/header-collection.ts';
import { httpStatus } from '../../../../src/platform/values/http-status.ts';
import { JsonScalar } from '../../../../src/platform/values/json-token.ts';
import { ScriptList } from '../../../../src/platform/values/script-list.ts';
import { Secret } from '../../../../src/platform/values/secret.ts';
import { typeNameOf } from '../../../../src/platform/values/value.ts';

describe('JSON that is read', () => {
  test.each([
    '{}',
    '[]',
    '[1,-2,0]',
    '{"a":{"b":[true,false,null]},"c":"x"}',
    '[9007199254740993,9223372036854775807,-9223372036854775808]',
    '[1.0,0.1,-2.5]',
    '{"__proto__":1,"constructor":2,"":3}',
    '"\\u00e4\\n"',
    '7',
  ])('%s comes out as it was', (text) => {
    expect(toJson(parseJson(text)).normalize()).toBe(text === '"\\u00e4\\n"' ? '"ä\\n"' : text);
  });

  test.each([
    ['1e2', new Double(100)],
    ['9223372036854775808', new Double(9223372036854775808)],
    ['-0', 0n],
    [' "x" ', 'x'],
  ])('%s holds what Newtonsoft makes of it', (text, value) => {
    expect(parseJson(text)).toEqual(new JsonScalar(value));
  });

  test('the later of two members of one name stays', () => {
    expect(toJson(parseJson('{"a": 1, "a": 2}'))).toBe('{"a":2}');
  });

  test.each([
    ['', 'line 1, position 0'],
    ['{', 'line 1, position 1'],
    ['[1 2]', 'line 1, position 3'],
    ['{"a" 1}', 'line 1, position 5'],
    ['[1,\n  x]', 'line 2, position 2'],
    ['"geheim', 'line 1, position 0'],
    ['{} x', 'line 1, position 3'],
    ['[01]', 'line 1, position 2'],
    ['{"a":1,}', 'line 1, position 7'],
  ])('%o is told with its place, and without the text', (text, place) => {
    expect(() => parseJson(text)).toThrow(place);
    expect(() => parseJson(text)).not.toThrow('geheim');
  });

  test('what is nested deeper than the appliance reads is refused, as is what would be too deep for us', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
    expect(toJson(parseJson(nested(60)))).toBe(nested(60));
    expect(() => parseJson(nested(70))).toThrow('MaxDepth of 64');
    expect(() => parseJson('['.repeat(1_000_000))).toThrow('MaxDepth of 64');
    expect(() => fromJson(JSON.parse(nested(70)) as [])).toThrow('MaxDepth of 64');
    expect(() => fromJsonAsToken(JSON.parse(nested(70)) as [])).toThrow('MaxDepth of 64');
  });
});

describe('JSON that is written', () => {
  test.each([
    [null, 'null'],
    [true, 'true'],
    [1, '1'],
    [2n ** 60n, '1152921504606846976'],
    [new Double(1), '1.0'],
    [new Double(1e21), '1E+21'],
    [new Double(Number.NaN), '"NaN"'],
    ['"', '"\\""'],
    [httpStatus(404), '404'],
    [new Bytes(new Uint8Array([1, 2])), '"AQI="'],
    [
      new HeaderCollection([
        ['A', '1'],
        ['a', '2'],
      ]),
      '{"A":["1","2"]}',
    ],
    [fromJson([1, 1.5, 2 ** 40, 'a', { b: null }]), '[1,1.5,1099511627776,"a",{"b":null}]'],
    [fromJsonAsToken({ a: [1, 1.5, true] }), '{"a":[1,1.5,true]}'],
    [Secret.of('x'), '"x"'],
  ])('%o', (value, json) => {
    expect(toJson(value)).toBe(json);
  });

  test('a mask stands for secrets wherever they are', () => {
    const value = new Dictionary([
      ['a', Secret.of('x')],
      ['b', new ScriptList('list', [1, Secret.of(2)])],
      ['c', Secret.of(true)],
    ]);
    expect(toJson(value, { mask: '**secret**' })).toBe('{"a":"**secret**","b":[1,"**secret**"],"c":true}');
  });

  test('a list that holds itself is a failure of the script', () => {
    const list = new ScriptList('list');
    list.items.push(list);
    expect(() => toJson(list)).toThrow('nested more than 64 deep, or holds itself');
  });
});

test.each([
  [null, 'null'],
  [1, 'Int32'],
  [1n, 'Int64'],
  [new Double(1), 'Double'],
  ['', 'String'],
  [false, 'Boolean'],
  [fromJsonAsToken({}), 'JObject'],
  [fromJsonAsToken([]), 'JArray'],
  [fromJsonAsToken(1), 'JValue'],
])('the type of %o is %s', (value, name) => {
  expect(typeNameOf(value)).toBe(name);
});
