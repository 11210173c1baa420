import { equalValues } from '../conversion/equal-values.ts';
import { toBoolean } from '../conversion/to-int32.ts';
import { ScriptError } from '../values/script-error.ts';
import { ScriptList } from '../values/script-list.ts';
import { reveal } from '../values/secret.ts';
import type { Value } from '../values/value.ts';
import type { CallArguments } from './call-arguments.ts';
import { MemberTable } from './member-table.ts';
import type { Method } from './member-table.ts';

type Items = readonly Value[];

/** Whether an item passes the lambda that a method was given; without one each does. */
function passes(given: CallArguments): (item: Value) => boolean {
  given.require(0, 1);
  if (given.count === 0) return () => true;
  const { call } = given.lambda(0);
  return (item) => toBoolean(given.evaluation.take(call(item)), `lambda of ${given.method}`, given.evaluation.note);
}

function sequence(items: Value[]): ScriptList {
  return new ScriptList('sequence', items);
}

/** A copy of the items, which is paid for. */
function copy(items: Items, given: CallArguments): Value[] {
  given.evaluation.budget.makeItems(items.length);
  return [...items];
}

function one(
  find: (items: Items, test: (item: Value) => boolean) => Value | undefined,
  isNeeded: boolean,
): Method<Items> {
  return (items, given) => {
    const found = find(items, passes(given));
    if (found === undefined && isNeeded) {
      const what = given.count === 0 || items.length === 0 ? 'no elements' : 'no matching element';
      throw new ScriptError('EXPRESSION_FAILED', `Sequence contains ${what}`);
    }
    return found ?? null;
  };
}

function select(items: Items, given: CallArguments): Value {
  given.require(1);
  const { call, parameterCount } = given.lambda(0);
  given.evaluation.budget.makeItems(items.length);
  return sequence(items.map((item, at) => (parameterCount > 1 ? call(item, at) : call(item))));
}

function where(items: Items, given: CallArguments): Value {
  given.require(1);
  return sequence(items.filter(passes(given)));
}

function part(cut: (items: Items, count: number) => Value[]): Method<Items> {
  return (items, given) => {
    given.require(1);
    given.evaluation.budget.makeItems(items.length);
    return sequence(cut(items, Math.max(0, given.integer(0))));
  };
}

function distinct(items: Items, given: CallArguments): Value {
  given.require(0);
  const kept: Value[] = [];
  for (const item of items) {
    given.evaluation.budget.work(kept.length + 1);
    if (!kept.some((each) => equalValues(each, item))) kept.push(item);
  }
  return sequence(kept);
}

function contains(items: Items, given: CallArguments): Value {
  given.require(1);
  given.evaluation.budget.read(items.length * 4);
  return items.some((item) => equalValues(given.evaluation.take(item), given.value(0)));
}

const first = (items: Items, test: (item: Value) => boolean): Value | undefined => items.find(test);
const last = (items: Items, test: (item: Value) => boolean): Value | undefined => items.findLast(test);

/** What LINQ offers of every collection. It is gone through at once, not when it is asked for. Source: .NET, `Enumerable`. */
export const sequenceMembers = new MemberTable<Items>(
  {},
  {
    First: one(first, true),
    FirstOrDefault: one(first, false),
    Last: one(last, true),
    LastOrDefault: one(last, false),
    Any: (items, given) => items.some(passes(given)),
    All: (items, given) => {
      given.require(1);
      return items.every(passes(given));
    },
    Count: (items, given) => items.filter(passes(given)).length,
    Where: where,
    Select: select,
    Cast: (items, given) => {
      given.require(0);
      return sequence(copy(items, given));
    },
    ToArray: (items, given) => {
      given.require(0);
      return new ScriptList('array', copy(items, given));
    },
    ToList: (items, given) => {
      given.require(0);
      return new ScriptList('list', copy(items, given));
    },
    Contains: contains,
    Skip: part((items, count) => items.slice(count)),
    Take: part((items, count) => items.slice(0, count)),
    Distinct: distinct,
    ElementAt: (items, given) => {
      given.require(1);
      const item = items[given.integer(0)];
      if (item === undefined) throw new ScriptError('EXPRESSION_FAILED', 'Index was out of range.');
      return reveal(given.evaluation.take(item));
    },
  },
);
