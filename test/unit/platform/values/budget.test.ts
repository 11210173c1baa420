import { describe, expect, test } from 'vitest';
import { fromJson } from '../../../../src/platform/conversion/from-json.ts';
import { measureValues } from '../../../../src/platform/conversion/measure-values.ts';
import { Budget } from '../../../../src/platform/values/budget.ts';
import { ScriptList } from '../../../../src/platform/values/script-list.ts';
import type { Value } from '../../../../src/platform/values/value.ts';
import { runExpression } from '../run-expression.ts';

const long = 'x'.repeat(9_000_000);
const items = fromJson(Array.from({ length: 2000 }, (_item, at) => at));
const exceeded = expect.objectContaining({ code: 'BUDGET_EXCEEDED' });

describe('an expression that wants too much ends', () => {
  test.each<[string, Record<string, Value>]>([
    ['Long + Long', { Long: long }],
    ['$"{Long}{Long}"', { Long: long }],
    ['Long.Replace("x", "xxx")', { Long: long }],
    ['Long.Insert(0, Long)', { Long: long }],
    ['"a".PadLeft(2000000000)', {}],
    [
      'string.Format("{0,999999}{0,999999}{0,999999}{0,999999}{0,999999}{0,999999}{0,999999}{0,999999}{0,999999}{0,999999}{0,999999}{0,999999}{0,999999}{0,999999}{0,999999}{0,999999}{0,999999}{0,999999}", 1)',
      {},
    ],
    ['string.Join(Long, Items)', { Long: long, Items: items }],
    ['String.Concat(Long, Long)', { Long: long }],
    ['Regex.Replace(Long, "x", "yyy")', { Long: long }],
    ['Regex.Replace("aa", "a", m => Long)', { Long: long }],
    ['Items.Select(a => Items.Select(b => a + b).Count()).ToList()', { Items: items }],
    ['Items.Select(a => Long.ToUpper()).ToList()', { Items: items, Long: long }],
    ['Items.Select(a => Long.IndexOf("y")).ToList()', { Items: items, Long: long }],
    ['Items.Select(a => Long.Split("y").Count()).ToList()', { Items: items, Long: long }],
    ['Items.Select(a => Regex.IsMatch(Long, "y")).ToList()', { Items: items, Long: long }],
  ])('%s', (text, given) => {
    expect(() => runExpression(text, given)).toThrow(exceeded);
  });
});

test('the clock is looked at while an expression works', () => {
  let looks = 0;
  const budget = new Budget({}, { interrupt: () => looks++ });
  runExpression(
    'Items.Select(a => Items.Count(b => b == a)).ToList()',
    { Items: new ScriptList('list', [1, 2]) },
    budget,
  );
  runExpression('Regex.Replace(Long, "y", "")', { Long: long }, budget);
  expect(looks).toBeGreaterThan(0);
});

test('all values together may not grow without end, but what is dropped is not counted', () => {
  const kept: Value[] = [];
  const budget = new Budget({}, { measureLive: () => measureValues(kept) });
  const grow = (at: number): Value => runExpression('Long + at', { Long: long, at }, budget).value;
  for (let at = 0; at < 100; at++) grow(at);
  expect(() => {
    for (let at = 0; at < 100; at++) kept.push(grow(at));
  }).toThrow(exceeded);
  expect(kept.length).toBeGreaterThan(20);
});
