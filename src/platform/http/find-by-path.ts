import { CommandError } from '../engine/command-error.ts';
import { attribute, childrenOf, type Element, elementsBelow, type Node, textOf } from './elements-below.ts';

const step = /^(\/\/?)([\w-]+|\*)((?:\[[^\]]*\])*)/;
/** `(//form)[2]` counts in the whole page. */
const group = /^\((.*)\) ?(?:\[(\d{1,9}|last\(\))\])?$/;
const predicate = /\[([^[\]]*)\]/g;

/**
 * The elements that an XPath selects, of the part of XPath that pages need: `//form[@id='x']`, `/html/body/form`, `[2]`, `[@name]`,
 * `[contains(@action, 'login')]`, `[starts-with(…)]`, `and`, `or`, `not(…)`. @throws CommandError NOT_EMULATED
 */
export function findByPath(root: Node, path: string): Element[] {
  const grouped = group.exec(path.trim());
  if (grouped !== null) {
    const [, inner = '', position] = grouped;
    const all = findByPath(root, inner);
    const at = position === undefined ? undefined : position === 'last()' ? all.length - 1 : Number(position) - 1;
    return at === undefined ? all : all.slice(at, at + 1);
  }
  let rest = path.trim();
  let found: Node[] = [root];
  if (!rest.startsWith('/')) rest = `//${rest.replace(/^\.\/+/, '')}`;
  while (rest !== '') {
    const match = step.exec(rest);
    if (match === null) throw notEmulated(path);
    const [whole, axis, name = '', tests = ''] = match;
    rest = rest.slice(whole.length);
    found = found.flatMap((node) => {
      const candidates =
        axis === '//' ? elementsBelow(node) : childrenOf(node).filter((each): each is Element => 'tagName' in each);
      return applyTests(
        candidates.filter(({ tagName }) => name === '*' || tagName === name.toLowerCase()),
        tests,
        path,
      );
    });
    found = [...new Set(found)];
  }
  return found.filter((each): each is Element => 'tagName' in each);
}

/** A number counts among the siblings that have the same parent, as XPath has it. */
function applyTests(elements: readonly Element[], tests: string, path: string): Element[] {
  let left = [...elements];
  for (const [, text = ''] of tests.matchAll(predicate)) {
    const position = /^\s*(?:(\d+)|(last\(\)))\s*$/.exec(text);
    if (position === null) {
      left = left.filter((element) => holds(text, element, path));
      continue;
    }
    const all = left;
    left = all.filter((element) => {
      const siblings = all.filter(({ parentNode }) => parentNode === element.parentNode);
      return siblings.indexOf(element) === (position[1] === undefined ? siblings.length : Number(position[1])) - 1;
    });
  }
  return left;
}

function holds(test: string, element: Element, path: string): boolean {
  const text = test.trim();
  const either = splitAt(text, ' or ');
  if (either.length > 1) return either.some((each) => holds(each, element, path));
  const both = splitAt(text, ' and ');
  if (both.length > 1) return both.every((each) => holds(each, element, path));
  const not = /^not\((.*)\)$/.exec(text)?.[1];
  if (not !== undefined) return !holds(not, element, path);
  const call = /^(contains|starts-with)\( ?([^,\s]+) ?, ?(?:"([^"]*)"|'([^']*)') ?\)$/.exec(text);
  if (call !== null) {
    const value = operand(call[2] ?? '', element, path) ?? '';
    return call[1] === 'contains'
      ? value.includes(call[3] ?? call[4] ?? '')
      : value.startsWith(call[3] ?? call[4] ?? '');
  }
  const comparison = /^([^=!\s]+) ?(!?=) ?(?:"([^"]*)"|'([^']*)')$/.exec(text);
  if (comparison === null) return operand(text, element, path) !== undefined;
  const value = operand(comparison[1] ?? '', element, path);
  return value !== undefined && (value === (comparison[3] ?? comparison[4])) === (comparison[2] === '=');
}

/** Not inside of quotes. */
function splitAt(text: string, word: string): string[] {
  const parts: string[] = [''];
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const unit = text[at] ?? '';
    if (quote === '' && text.startsWith(word, at)) {
      parts.push('');
      at += word.length - 1;
      continue;
    }
    if (unit === quote) quote = '';
    else if (quote === '' && (unit === '"' || unit === "'")) quote = unit;
    parts.push((parts.pop() ?? '') + unit);
  }
  return parts;
}

function operand(text: string, element: Element, path: string): string | undefined {
  const name = /^@([\w-]+)$/.exec(text)?.[1];
  if (name !== undefined) return attribute(element, name.toLowerCase());
  if (text === 'text()' || text === '.') return textOf(element);
  throw notEmulated(path);
}

function notEmulated(path: string): CommandError {
  return new CommandError(
    'NOT_EMULATED',
    `the XPath ${path} is not emulated`,
    "Write it as //form[@id='…'] and the like.",
  );
}
