import { equalValues } from '../conversion/equal-values.ts';
import { JsonArray } from '../values/json-token.ts';
import { ScriptError } from '../values/script-error.ts';
import type { ScriptList } from '../values/script-list.ts';
import type { Value } from '../values/value.ts';
import type { CallArguments } from './call-arguments.ts';
import { MemberTable } from './member-table.ts';
import type { Property } from './member-table.ts';

/** A list or JSON array: what may grow. */
interface Growing {
  readonly items: Value[];
}

function outOfRange(): ScriptError {
  return new ScriptError(
    'EXPRESSION_FAILED',
    'Index was out of range. Must be non-negative and less than the size of the collection.',
  );
}

function add({ items }: Growing, given: CallArguments): null {
  given.require(1);
  given.evaluation.budget.requireItems(items.length + 1);
  items.push(given.stored(0));
  return null;
}

function insert({ items }: Growing, given: CallArguments): null {
  given.require(2);
  const at = given.integer(0);
  if (at < 0 || at > items.length) throw outOfRange();
  given.evaluation.budget.makeItems(items.length + 1);
  items.splice(at, 0, given.stored(1));
  return null;
}

function removeAt({ items }: Growing, given: CallArguments): null {
  given.require(1);
  const at = given.integer(0);
  if (at < 0 || at >= items.length) throw outOfRange();
  given.evaluation.budget.read(items.length);
  items.splice(at, 1);
  return null;
}

function findIndex({ items }: Growing, given: CallArguments): number {
  given.require(1);
  given.evaluation.budget.read(items.length * 4);
  return items.findIndex((item) => equalValues(given.evaluation.take(item), given.value(0)));
}

function remove(list: Growing, given: CallArguments): boolean {
  const at = findIndex(list, given);
  if (at >= 0) list.items.splice(at, 1);
  return at >= 0;
}

function addRange({ items }: Growing, given: CallArguments): null {
  given.require(1);
  const more = given.value(0);
  if (!hasItems(more))
    throw new ScriptError('EXPRESSION_FAILED', `Argument 1 of '${given.method}' is not a collection`);
  given.evaluation.budget.makeItems(items.length + more.items.length);
  for (const item of [...more.items]) items.push(item);
  return null;
}

function hasItems(value: Value): value is Value & Growing {
  return typeof value === 'object' && value !== null && 'items' in value;
}

function clear({ items }: Growing, given: CallArguments): null {
  given.require(0);
  items.length = 0;
  return null;
}

const count: Property<Growing> = ({ items }) => items.length;

const growing = {
  Add: add,
  AddRange: addRange,
  Insert: insert,
  Remove: remove,
  RemoveAt: removeAt,
  IndexOf: findIndex,
  Clear: clear,
};

const jsonArrayMembers = new MemberTable<Growing>({ Count: count, Type: () => 'Array' }, growing);
const listMembers = new MemberTable<Growing>({ Count: count }, growing);
const arrayMembers = new MemberTable<Growing>({ Length: count }, {});
const sequenceOnly = new MemberTable<Growing>({}, {});

/** Of an array, list, sequence or JSON array, besides those of LINQ. `Length` of a JSON array is none. Source: specification c.7. */
export function membersOfList(list: ScriptList | JsonArray): MemberTable<Growing> {
  if (list instanceof JsonArray) return jsonArrayMembers;
  if (list.kind === 'list') return listMembers;
  return list.kind === 'array' ? arrayMembers : sequenceOnly;
}
