import { describe, expect, test } from 'vitest';
import { fromJson } from '../../../../src/platform/conversion/from-json.ts';
import { parseJson } from '../../../../src/platform/conversion/parse-json.ts';
import { renderText } from '../../../../src/platform/conversion/render-text.ts';
import { Dictionary } from '../../../../src/platform/values/dictionary.ts';
import { Double } from '../../../../src/platform/values/double.ts';
import { httpStatus } from '../../../../src/platform/values/http-status.ts';
import { NamedText } from '../../../../src/platform/values/named-text.ts';
import { ScriptList } from '../../../../src/platform/values/script-list.ts';
import { Secret } from '../../../../src/platform/values/secret.ts';

describe('a value inside other text', () => {
  test.each([
    ['a', 'a'],
    [true, 'True'],
    [false, 'False'],
    [-5, '-5'],
    [2n ** 40n, '1099511627776'],
    [new Double(0.5), '0.5'],
    [Secret.of('x'), 'x'],
    [httpStatus(302), 'Redirect'],
    [httpStatus(299), '299'],
    [NamedText.ofError('it failed'), 'it failed'],
    [parseJson('{"a": [1, true]}'), '{"a":[1,true]}'],
    [parseJson('true'), 'True'],
    [parseJson('null'), ''],
    [fromJson({ a: 'b' }), '{"a":"b"}'],
  ])('%o is %s', (value, text) => {
    expect(renderText(value, 'X')).toBe(text);
  });

  test.each([
    [null, 'VARIABLE_NULL', 'expression refers to null variable: X'],
    [new ScriptList('list', [1]), 'EXPRESSION_FAILED', 'a value of type List`1 has no text: X'],
    [new ScriptList('array'), 'EXPRESSION_FAILED', 'a value of type Object[] has no text: X'],
    [new Dictionary([], 'HttpResponse'), 'EXPRESSION_FAILED', 'a value of type HttpResponse has no text: X'],
  ])('%o is none', (value, code, message) => {
    expect(() => renderText(value, 'X')).toThrow(expect.objectContaining({ code, message }));
  });
});
