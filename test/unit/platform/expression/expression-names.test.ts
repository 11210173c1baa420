import { describe, expect, test } from 'vitest';
import { expressionNames } from '../../../../src/platform/expression/expression-names.ts';
import { isKnownMember } from '../../../../src/platform/expression/is-known-member.ts';
import { parseExpression } from '../../../../src/platform/expression/parse-expression.ts';
import { walkTree } from '../../../../src/platform/expression/walk-tree.ts';

function variablesOf(text: string): string[] {
  const { variables } = expressionNames(parseExpression(text));
  return variables.map(({ name, offset, use, mayBeMissing }) => `${name}@${offset} ${use}${mayBeMissing ? '?' : ''}`);
}

function membersOf(text: string): string[] {
  return expressionNames(parseExpression(text)).members.map(
    ({ name, offset, argumentCount = '-', type = 'value' }) => `${type}.${name}@${offset}/${argumentCount}`,
  );
}

test.each([
  ['A', ['A@0 read']],
  [' !Ok ', ['Ok@2 read']],
  ['%{ A + B }%', ['A@3 read', 'B@7 read']],
  ['A.B.c(D)[E]', ['A@0 read', 'D@6 read', 'E@9 read']],
  ['%A% == %B::$%', ['A@0 read', 'B@7 read?']],
  ['i = i + 1', ['i@0 write', 'i@4 read']],
  ['i += N', ['i@0 both', 'N@5 read']],
  ['i++', ['i@0 both']],
  ['O.x = y', ['O@0 read', 'y@6 read']],
  ['L.Select((c, at) => c + N[at])', ['L@0 read', 'N@24 read']],
  ['L.Any(x => M.Any(y => x == y && y != z))', ['L@0 read', 'M@11 read', 'z@37 read']],
  ['x.Where(x => x)', ['x@0 read']],
  ['$"{A}/{B,4}{C:D2}"', ['A@3 read', 'B@7 read', 'C@12 read']],
  ['"%A% is text"', []],
  ['Regex.IsMatch(T, "x", RegexOptions.Singleline | RegexOptions.IgnoreCase)', ['T@14 read']],
  ['System.Text.Encoding.UTF8.GetBytes(T)', ['T@35 read']],
  ['R.GetType() != System.Boolean', ['R@0 read']],
  ['Uri.EscapeDataString(A)', ['Uri@0 read', 'A@21 read']],
  ['System.IO.File.ReadAllText("x")', ['System@0 read']],
  ['new List<string>()', []],
  ['new Random(1)', ['Random@4 read']],
  ['new List<Thing>()', ['Thing@4 read']],
  ['L.Cast<Thing>()', ['L@0 read', 'Thing@6 read']],
  ['(int)x + (string)y', ['x@5 read', 'y@17 read']],
])('variables of %s', (text, variables) => {
  expect(variablesOf(text)).toEqual(variables);
});

test.each([
  ['A.b', ['value.b@2/-']],
  ['A.B(C.d, 1).e', ['value.B@2/2', 'value.d@6/-', 'value.e@12/-']],
  ['Regex.Match(T, P).Groups[1].Value', ['Regex.Match@6/2', 'value.Groups@18/-', 'value.Value@28/-']],
  ['A?.b?[0]', ['value.b@3/-']],
])('members of %s', (text, members) => {
  expect(membersOf(text)).toEqual(members);
});

describe('a member is known', () => {
  test.each(['A.ToUpper()', 'A.anything.atAll', 'Regex.IsMatch(A, B)', 'A.count()', 'RegexOptions.MultiLine'])(
    '%s',
    (text) => {
      expect(expressionNames(parseExpression(text)).members.every(isKnownMember)).toBe(true);
    },
  );
});

describe('a member is not known', () => {
  test.each(['A.PadLeft(3)', 'Regex.Split(A, B)', 'Convert.ToInt32(A)', 'A.Aggregate(B)'])('%s', (text) => {
    expect(expressionNames(parseExpression(text)).members.some((member) => !isKnownMember(member))).toBe(true);
  });
});

test('every tree of an expression is reached', () => {
  const text = `x = (a ? -b : (int)c) + d.e[f] + new List<string>(g).Select(h => $"{h}") + 'i'`;
  const kinds = new Set(Array.from(walkTree(parseExpression(text).tree), ({ kind }) => kind));
  expect([...kinds].sort()).toMatchInlineSnapshot(`
    [
      "assignment",
      "binary",
      "call",
      "cast",
      "conditional",
      "index",
      "interpolation",
      "lambda",
      "literal",
      "member",
      "name",
      "new",
      "unary",
    ]
  `);
});
