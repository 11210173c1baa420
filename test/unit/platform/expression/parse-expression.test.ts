import { describe, expect, test } from 'vitest';
import { ExpressionError } from '../../../../src/platform/expression/expression-error.ts';
import { parseExpression } from '../../../../src/platform/expression/parse-expression.ts';

describe('a text that is no expression is told with its place', () => {
  test.each([
    ['', 0, 'Unexpected end, expected an expression'],
    ['a +', 3, 'Unexpected end, expected an expression'],
    ['a b', 2, "Unexpected 'b', expected an operator"],
    ['(a', 2, "Unexpected end, expected ')'"],
    ['f(a,)', 4, "Unexpected ')', expected an expression"],
    ['a.', 2, 'Unexpected end, expected a name'],
    ['a[1', 3, "Unexpected end, expected ']'"],
    ['"abc', 0, 'Text without its closing quote'],
    ['a ? b', 5, "Unexpected end, expected ':'"],
    ['1 = 2', 0, 'Only a variable, a member or an index can be assigned to'],
    ['a # b', 2, "Unexpected character '#'"],
    ['$"{a"', 4, 'Text without its closing quote'],
    ['$"{a +}"', 6, 'Unexpected end, expected an expression'],
    ['$"}"', 2, "A '}' in an interpolated text is written '}}'"],
    ['12abc', 2, 'A number ends in a letter'],
    ['1.5m', 3, 'Numbers that end in "m" are not emulated'],
    ['99999999999999999999', 0, 'Integral constant is too large'],
    ['%{ a + }%', 7, 'Unexpected end, expected an expression'],
    ['x => x', 2, "Unexpected '=>', expected an operator"],
    ['new', 3, 'Unexpected end, expected a name'],
    ['a = ', 4, 'Unexpected end, expected an expression'],
    ['import("fs")x', 12, "Unexpected 'x', expected an operator"],
    ['function () { }', 9, undefined],
    ['`a`', 0, "Unexpected character '`'"],
  ])('%s', (text, offset, message) => {
    let failure: unknown;
    try {
      parseExpression(text);
    } catch (error) {
      failure = error;
    }
    expect(failure).toBeInstanceOf(ExpressionError);
    if (message !== undefined) expect(failure).toMatchObject({ offset, message: `${message}, at offset ${offset}` });
  });
});

describe('what would be too deep for the stack of the host is refused', () => {
  test.each([
    ['brackets', `${'('.repeat(50_000)}a${')'.repeat(50_000)}`],
    ['open brackets', '('.repeat(50_000)],
    ['signs', `${'-'.repeat(50_000)}1`],
    ['negations', `${'!'.repeat(50_000)}a`],
    ['sums', Array.from({ length: 50_000 }, () => 'a').join('+')],
    ['members', `a${'.b'.repeat(50_000)}`],
    ['indexes', `${'a['.repeat(50_000)}0${']'.repeat(50_000)}`],
    ['conditions', 'a?'.repeat(50_000)],
    ['casts', `${'(int)'.repeat(50_000)}1`],
    ['lambdas', `a.b(${'x=>a.b('.repeat(50_000)}`],
    ['interpolations', `${'$"{'.repeat(5000)}a${'}"'.repeat(5000)}`],
    ['assignments', 'a='.repeat(50_000)],
  ])('%s', (_name, text) => {
    expect(() => parseExpression(text)).toThrow(ExpressionError);
  });
});

test('a number of arguments that no person writes is no matter', () => {
  expect(() => parseExpression(`f.g(${Array.from({ length: 30_000 }, () => '1').join(',')})`)).not.toThrow(RangeError);
});
