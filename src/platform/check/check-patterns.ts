import type { Tree } from '../expression/tree.ts';
import { walkTree } from '../expression/walk-tree.ts';
import { compilePattern } from '../regex/compile-pattern.ts';
import { PatternError } from '../regex/parsing/pattern-error.ts';
import { textProperty } from '../script/script.ts';
import { hasToken } from '../script/split-tokens.ts';
import type { Checked } from './checked.ts';
import { at, type Finding } from './finding.ts';

/** Regular expressions: E17 of patterns, L31. What is put together when it runs is not judged. */
export function* checkPatterns({ steps }: Checked): Generator<Finding> {
  for (const { step, uses } of steps) {
    const expected = textProperty(step, 'ExpectRegex');
    const fault = expected === undefined || hasToken(expected.value) ? undefined : faultOf(expected.value);
    if (expected !== undefined && fault !== undefined) yield badPattern(fault, expected);
    for (const { expression, node } of uses.expressions) {
      for (const pattern of expression === undefined ? [] : patternsIn(expression.tree)) {
        const wrong = faultOf(pattern);
        if (wrong !== undefined) yield badPattern(wrong, node);
      }
    }
    for (const { value } of step.cases) {
      if (value?.kind !== 'string' || hasToken(value.value) || faultOf(value.value) === undefined) continue;
      const message = 'This value is no regular expression; only equality is tested';
      yield { code: 'L31', message, hint: 'Put a backslash before what shall stand for itself.', ...at(value) };
    }
  }
}

function badPattern(fault: string, node: { start: number; path: string }): Finding {
  const message = `This is no regular expression: ${fault}`;
  return { code: 'E17', message, hint: 'Put a backslash before what shall stand for itself.', ...at(node) };
}

function faultOf(pattern: string): string | undefined {
  try {
    compilePattern(pattern);
    return undefined;
  } catch (error) {
    return error instanceof PatternError ? error.message : undefined;
  }
}

/** The constant patterns of `Regex.IsMatch(…, "…")` and its like. */
function* patternsIn(tree: Tree): Generator<string> {
  for (const call of walkTree(tree)) {
    if (call.kind !== 'call' || call.target.kind !== 'member' || call.target.target.kind !== 'type') continue;
    const [, pattern, ...others] = call.arguments;
    if (call.target.target.name !== 'Regex' || pattern?.kind !== 'literal' || typeof pattern.value !== 'string')
      continue;
    if (!others.some(ignoresBlanks)) yield pattern.value;
  }
}

/** Under this option a pattern is read in another way. */
function ignoresBlanks(tree: Tree): boolean {
  return [...walkTree(tree)].some((each) => each.kind === 'member' && each.name === 'IgnorePatternWhitespace');
}
