import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { StepCounter, tooManySteps } from './count-steps.ts';
import { inputsOf } from './pattern-inputs.ts';

const source = path.resolve(import.meta.dirname, '../../src');

interface Pattern {
  where: string;
  source: string;
  flags: string;
}

/** Those that are put together when the program runs, as they are then. */
const madeUp: Pattern[] = [
  { where: 'kvgroup/running/create-run-masker.ts', source: madeUpPair(`"((?:[^"\\\\]|\\\\.)+)`), flags: 'gi' },
  { where: 'kvgroup/running/create-run-masker.ts', source: madeUpPair('([^\\s"{}=;,#]+)'), flags: 'gi' },
  { where: 'platform/regex/parsing/char-set.ts', source: '\\p{Lu}', flags: 'u' },
  { where: 'sps/authoring/pack/collect-packages.ts', source: '^Home-page:[ \\t]*(.*)$', flags: 'm' },
  { where: 'sps/flow/login-name.ts', source: '^([A-Za-z_][A-Za-z0-9_]*)=(.*)$', flags: 's' },
  { where: 'sps/flow/login-name.ts', source: '^(?:[[(](.*)[\\])]|(.*?))(?:\\:([0-9]{1,5}))?$', flags: 's' },
];

/** What the author of a test writes there is a pattern of their own. */
const ofUsers = ['testing/check-matchers.ts', 'targets/matching/find-differences.ts'];

function madeUpPair(value: string): string {
  return `(\\b(?:password|answer)"?(?:\\s+"[^"]*")?\\s*=\\s*)${value}`;
}

/** Twice as long a text takes twice as many steps; four times, or never an end, are too many. */
function isSteep(once: number, twice: number): boolean {
  return once > tooManySteps || twice > 2.7 * once + 400;
}

const found: Pattern[] = [];
const constructed: string[] = [];

for (const file of globSync('**/*.{ts,mjs}', { cwd: source }).sort()) {
  const tree = ts.createSourceFile(file, readFileSync(path.join(source, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    const where = `${file}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      found.push({ where, source: node.text.slice(1, end), flags: node.text.slice(end + 1) });
    }
    if (ts.isNewExpression(node) && node.expression.getText() === 'RegExp') constructed.push(file);
    if (ts.isPropertyAssignment(node) && node.name.getText() === 'pattern' && ts.isStringLiteral(node.initializer))
      found.push({ where, source: node.initializer.text, flags: 'u' });
    ts.forEachChild(node, visit);
  };
  visit(tree);
}
for (const file of globSync('**/*.json', { cwd: source })) {
  for (const [, text = ''] of readFileSync(path.join(source, file), 'utf8').matchAll(
    /"pattern":\s*("(?:[^"\\]|\\.)*")/g,
  ))
    found.push({ where: file, source: JSON.parse(text) as string, flags: 'u' });
}
for (const file of globSync('**/*.py', { cwd: source })) {
  for (const [, text = ''] of readFileSync(path.join(source, file), 'utf8').matchAll(/\bre\.\w+\(r?"([^"\n]*)"/g))
    found.push({ where: file, source: text, flags: 'g' });
}

const patterns = [...found, ...madeUp].map((each) => [`/${each.source}/${each.flags}`, each.where, each] as const);

describe('patterns over what users write', () => {
  test('are all known, those that are put together too', () => {
    expect(found.length).toBeGreaterThan(250);
    expect([...new Set(constructed)].sort()).toEqual([...new Set(madeUp.map(({ where }) => where)), ...ofUsers].sort());
  });

  test.each(patterns)('%s of %s takes steps in proportion to what it reads', (_pattern, _where, each) => {
    const counter = new StepCounter(each.source, each.flags);
    const { units, prefixes, suffixes } = inputsOf(counter);
    const steep = [];
    for (const prefix of prefixes) {
      for (const unit of units) {
        for (const suffix of suffixes) {
          const stepsOf = (length: number): number =>
            counter.count(prefix + unit.repeat(Math.ceil(length / unit.length)) + suffix);
          const [once, twice] = [stepsOf(200), stepsOf(400)];
          if (isSteep(once, twice)) steep.push({ prefix, unit, suffix, once, twice });
        }
      }
    }
    expect(steep).toEqual([]);
    for (const unit of units) {
      const pattern = new RegExp(each.source, each.flags);
      const text = unit.repeat(Math.ceil(100_000 / unit.length));
      for (const input of [text, `${text}\u0001`]) expect(() => input.replace(pattern, '')).not.toThrow();
    }
  });
});

test.each([
  ['/\\s+$/', '\\s+$'],
  ['/^(?:a|a)*$/', '^(?:a|a)*$'],
  ['/^(.*?)\\s*[=:]\\s*(.*)$/', '^(.*?)\\s*[=:]\\s*(.*)$'],
  ['/%\\(([^)]+)\\)s/g', '%\\(([^)]+)\\)s'],
  ['/(?:^|_)\\w*?token$/', '(?:^|_)\\w*?token$'],
  ['/^_+|_+$/g', '^_+|_+$'],
  ['/\\[[^\\]]*$/', '\\[[^\\]]*$'],
  ['/(?:^|\\s)#.*$/', '(?:^|\\s)#.*$'],
])('the count knows %s as one that does not', (_name, pattern) => {
  const counter = new StepCounter(pattern, '');
  const { units, prefixes, suffixes } = inputsOf(counter);
  const isFound = prefixes.some((prefix) =>
    units.some((unit) =>
      suffixes.some((suffix) => {
        const stepsOf = (count: number): number => counter.count(prefix + unit.repeat(count) + suffix);
        return isSteep(stepsOf(200), stepsOf(400));
      }),
    ),
  );
  expect(isFound).toBe(true);
});
