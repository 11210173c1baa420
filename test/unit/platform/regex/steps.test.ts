import { describe, expect, test } from 'vitest';
import { compilePattern } from '../../../../src/platform/regex/compile-pattern.ts';
import { Budget } from '../../../../src/platform/values/budget.ts';
import { ScriptError } from '../../../../src/platform/values/script-error.ts';

const many = 'a'.repeat(30);

describe('a pattern that explodes ends by its budget', () => {
  test.each([
    ['(a+)+$', `${many}b`],
    ['(a*)*$', `${many}b`],
    ['(a|a)*$', `${many}b`],
    ['(a|aa)+$', `${many}${many}b`],
    ['(a|b|ab)*c', 'ab'.repeat(30)],
    ['^(([a-z])+.)+[A-Z]([a-z])+$', `${many}!`],
    ['(x+x+)+y', 'x'.repeat(40)],
    ['(.*)*z', 'a'.repeat(40)],
    ['(.*)(.*)(.*)(.*)(.*)[^a]', 'a'.repeat(200)],
    ['(\\w+\\s?)*!$', 'word '.repeat(20)],
    ['^(\\d+)*$', `${'1'.repeat(40)}x`],
    ['(?:a?){60}a{60}', 'a'.repeat(59)],
    ['(?:(?:a+)+)+b', many],
    ['(a+?)+?$', `${many}b`],
    ['(?<n>a+)+\\k<n>b', many],
    ['(?=(a+)+b)a', many],
    ['(?<=b(a+)+)c', `${many}c`],
    ['(?i)(A+)+$', `${many}b`],
    ['((a{1,10}){1,10}){1,10}b', 'a'.repeat(100)],
    ['(?<o>a)*(?<-o>a)*(?:a*a*)*(?(o)(?!))b', many],
    ['^(.*?,){11}P', '1,2,3,4,5,6,7,8,9,10,11,12,13,14,15'.repeat(40)],
    ['([a-zA-Z0-9._-]+)+@', 'a'.repeat(50)],
    ['(?:(?:(?:a{1000}){1000}){1000}){1000}', 'a'.repeat(100_000)],
    ['(?:(?:a{0,1000}){0,1000}){0,1000}b', 'a'.repeat(100_000)],
    ['(a{0,2147483647}){0,2147483647}b', many],
    ['(((((((a?){9}){9}){9}){9}){9}){9}){9}b', many],
    ['(?:[\\w\\d\\s\\S]+)+(?!)', many],
    ['(?:\\w|[a-z]|a|\\S)+!', many],
    ['(a*)*\\1b', many],
    ['(?:(a)|b|\\1)+c', 'ab'.repeat(40)],
    ['(?=(a+)+\\1b)', many],
    ['(?:a*?)*?b', many],
    ['(|a|aa)+b', many],
    ['(?(?=(a+)+b)c|d)', many],
    ['(?<o>(?<o>a*)*)*(?(o)(?<-o>)*|x)b', many],
    ['(?i)(?:K|k|\u212a)+(?:K|k|\u212a)+!', 'k'.repeat(60)],
    ['(?m)^(?:.*\\n?)*x$', 'line\n'.repeat(30)],
    ['(\\s*\\S+\\s*)*\\.', 'x '.repeat(40)],
  ])('%s', (pattern, text) => {
    const compiled = compilePattern(pattern);
    expect(() => compiled.match(text, 0, new Budget())).toThrow(expect.objectContaining({ code: 'BUDGET_EXCEEDED' }));
  });
});

test.each([
  '('.repeat(2000) + 'a' + ')+'.repeat(2000),
  '(?:'.repeat(100_000) + 'a' + ')'.repeat(100_000),
  'a|'.repeat(200_000),
])('a pattern that is too large or too deep is refused: %.10s…', (pattern) => {
  expect(() => compilePattern(pattern)).toThrow(ScriptError);
});

describe('a pattern as authors write them goes through a long text within its budget', () => {
  const lines = 'line of terminal output, some eighty characters wide, as a shell would print it\r\n'.repeat(8000);
  test.each([
    'SUDO password for',
    '(Permission denied)|(Sorry, try again)|(is not in the sudoers file)',
    '(?m)^root:[^\\r\\n]+',
    '.*#',
    '(.*READY[ \\n]*$)',
    '(.*INVALID USERID.*)|((.*USERID x.*NOT AUTHORIZED.*)|(.*TSO/E LOGON.*))',
    '(?m)(^username x .*)|(^enable .*)',
    '[Nn]ew.*[Pp]assword:',
    '(?<=\\bauthorizedkeysfile\\s+)\\S+',
    '\\x1B\\[[0-9;?]*[A-Za-z]',
    '(?i)error|failure',
  ])('%s', (pattern) => {
    expect(compilePattern(pattern).match(lines, 0, new Budget()).success).toBe(false);
  });
});

test('the clock is looked at while a pattern is at work', () => {
  let looks = 0;
  const budget = new Budget({}, { interrupt: () => looks++ });
  expect(() => compilePattern('(a+)+$').match(`${many}b`, 0, budget)).toThrow();
  expect(looks).toBeGreaterThan(10);
});

test('a pattern longer than any person writes is refused', () => {
  expect(() => compilePattern('a'.repeat(100_001))).toThrow(expect.objectContaining({ code: 'BUDGET_EXCEEDED' }));
});

test.each([
  ['groups', '('.repeat(40_000)],
  ['closed groups', `${'('.repeat(40_000)}${')'.repeat(40_000)}`],
  ['classes', '[a-'.repeat(30_000)],
  ['looks', '(?='.repeat(30_000)],
  ['conditions', '(?('.repeat(30_000)],
])('%s inside each other end in a fault of the pattern', (_name, pattern) => {
  expect(() => compilePattern(pattern)).toThrow(expect.objectContaining({ name: 'PatternError' }));
});
