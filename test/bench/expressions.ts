/** How many simple expressions of a custom platform script are evaluated in a second, each as a step of its own. */
import { evaluate } from '../../src/platform/expression/evaluate.ts';
import { parseExpression } from '../../src/platform/expression/parse-expression.ts';
import type { Scope } from '../../src/platform/members/evaluation.ts';
import { Budget } from '../../src/platform/values/budget.ts';
import type { Value } from '../../src/platform/values/value.ts';
import { median } from './statistics.ts';

const count = 200_000;
const runs = 5;

const variables = new Map<string, Value>([
  ['i', 0],
  ['Name', 'svc'],
  ['Buffer', 'CHECKUSER=0\r\n'],
]);
const scope: Scope = {
  read: (name) => variables.get(name),
  has: (name) => variables.has(name),
  assign: (name, value) => {
    variables.set(name, value);
  },
};

const perSecond = Object.fromEntries(
  [
    'i = i + 1',
    'i < 10 && Name == "svc"',
    '!string.IsNullOrEmpty(Name)',
    '$"{Name}:{i}"',
    'Regex.IsMatch(Buffer, "CHECKUSER=0")',
  ].map((text) => {
    const expression = parseExpression(text);
    const budget = new Budget();
    const times = Array.from({ length: runs }, () => {
      const startedAt = performance.now();
      for (let step = 0; step < count; step++) evaluate(expression, scope, budget);
      return (count / (performance.now() - startedAt)) * 1000;
    });
    return [text, Math.round(median(times))];
  }),
);

process.stdout.write(
  `expressions of a platform script, evaluated in a second\n\n${JSON.stringify({ perSecond }, undefined, 2)}\n`,
);
