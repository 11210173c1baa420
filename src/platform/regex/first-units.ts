import { oneOf } from './parsing/char-set.ts';
import type { CharTest } from './parsing/char-set.ts';
import type { PatternNode } from './parsing/pattern-node.ts';
import type { Program } from './program.ts';

interface First {
  tests: CharTest[];
  isEmptyPossible: boolean;
}

/** What a match can begin with, so that the matcher passes over all else; undefined when that is anything. */
export function firstUnits(root: PatternNode): CharTest | undefined {
  const first = firstOf(root);
  if (first === undefined || first.isEmptyPossible) return undefined;
  return oneOf(first.tests);
}

function firstOf(node: PatternNode): First | undefined {
  switch (node.type) {
    case 'unit':
      return node.isBackward ? undefined : { tests: [node.test], isEmptyPossible: false };
    case 'empty':
    case 'anchor':
    case 'look':
      return { tests: [], isEmptyPossible: true };
    case 'sequence':
      return firstOfSequence(node.items);
    case 'alternation':
      return firstOfAlternation(node.items);
    case 'loop': {
      const first = firstOf(node.item);
      return first && { tests: first.tests, isEmptyPossible: first.isEmptyPossible || node.min === 0 };
    }
    case 'capture':
    case 'atomic':
      return firstOf(node.item);
    case 'reference':
    case 'conditional':
      return undefined;
  }
}

function firstOfSequence(items: readonly PatternNode[]): First | undefined {
  const tests: CharTest[] = [];
  for (const item of items) {
    const first = firstOf(item);
    if (first === undefined) return undefined;
    tests.push(...first.tests);
    if (!first.isEmptyPossible) return { tests, isEmptyPossible: false };
  }
  return { tests, isEmptyPossible: true };
}

function firstOfAlternation(items: readonly PatternNode[]): First | undefined {
  const all = items.map(firstOf);
  if (all.includes(undefined)) return undefined;
  const known = all.filter((first) => first !== undefined);
  return { tests: known.flatMap(({ tests }) => tests), isEmptyPossible: known.some((first) => first.isEmptyPossible) };
}

/** Where alone a match can begin; the same for every alternative. */
export function leadingAnchor(root: PatternNode, isOnlyOfLine: (test: CharTest) => boolean): Program['anchor'] {
  switch (root.type) {
    case 'anchor':
      if (root.kind === 'bol') return 'line';
      return root.kind === 'beginning' || root.kind === 'start' ? root.kind : undefined;
    case 'sequence':
      return root.items[0] && leadingAnchor(root.items[0], isOnlyOfLine);
    case 'capture':
    case 'atomic':
      return leadingAnchor(root.item, isOnlyOfLine);
    case 'alternation': {
      const [anchor, ...others] = root.items.map((item) => leadingAnchor(item, isOnlyOfLine));
      return others.every((other) => other === anchor) ? anchor : undefined;
    }
    // `.*` has tried all of its line when it fails: the next place to try is the next line.
    case 'loop':
      return root.item.type === 'unit' && isOnlyOfLine(root.item.test) && root.min === 0 && !root.isLazy
        ? 'line'
        : undefined;
    default:
      return undefined;
  }
}
