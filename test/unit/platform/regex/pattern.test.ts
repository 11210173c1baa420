import { describe, expect, test } from 'vitest';
import { compilePattern } from '../../../../src/platform/regex/compile-pattern.ts';
import { PatternError } from '../../../../src/platform/regex/parsing/pattern-error.ts';
import { Budget } from '../../../../src/platform/values/budget.ts';
import { dotnetVectors } from '../dotnet-vectors.ts';
import { resultOf } from '../run-expression.ts';

function matchesOf(pattern: string, options: number, text: string): unknown {
  const budget = new Budget();
  const found: unknown[] = [];
  try {
    const compiled = compilePattern(pattern, options);
    for (let match = compiled.match(text, 0, budget); match.success && found.length < 6; match = match.next(budget))
      found.push(match.groups.map(({ name, captures }) => [name, captures.map((each) => [each.index, each.text])]));
  } catch (error) {
    if (error instanceof PatternError) return null;
    throw error;
  }
  return found;
}

describe('a pattern finds what .NET finds, every capture of every group', () => {
  test.each(dotnetVectors.regexes)('%s with options %i in %j', (pattern, options, text, matches) => {
    expect(matchesOf(pattern, options, text)).toEqual(matches);
  });
});

describe('what a pattern finds is replaced and cut as .NET does', () => {
  test.each(dotnetVectors.replacements)('%j: %s by %s', (text, pattern, replacement, result) => {
    expect(resultOf('Regex.Replace(text, pattern, by)', { text, pattern, by: replacement })).toBe(
      JSON.stringify(result),
    );
  });

  test.each(dotnetVectors.splits)('%j at %s', (text, pattern, pieces) => {
    expect(resultOf('Regex.Split(text, pattern)', { text, pattern })).toBe(JSON.stringify(pieces));
  });

  test.each(dotnetVectors.escapes)('%j escaped', (text, escaped) => {
    expect(resultOf('Regex.Escape(text)', { text })).toBe(JSON.stringify(escaped));
    expect(resultOf('Regex.Unescape(text)', { text: escaped })).toBe(JSON.stringify(text));
  });
});
