import type { Dictionary } from '../values/dictionary.ts';
import type { HeaderCollection } from '../values/header-collection.ts';
import { JsonObject } from '../values/json-token.ts';
import { ScriptError } from '../values/script-error.ts';
import { ScriptList } from '../values/script-list.ts';
import type { Value } from '../values/value.ts';
import type { CallArguments } from './call-arguments.ts';
import { MemberTable } from './member-table.ts';

function set(object: JsonObject | Dictionary, name: string, value: Value): void {
  if (object instanceof JsonObject) object.members.set(name, value);
  else object.set(name, value);
}

/** The value of a member; JSON names are exact first, then found without regard to case. */
export function readEntry(object: JsonObject | Dictionary, name: string): Value | undefined {
  if (!(object instanceof JsonObject)) return object.get(name);
  const exact = object.members.get(name);
  if (exact !== undefined) return exact;
  const folded = name.toLowerCase();
  for (const [key, value] of object.members) if (key.toLowerCase() === folded) return value;
  return undefined;
}

/** Sets or creates a member. What a command gave cannot be changed. */
export function writeEntry(object: JsonObject | Dictionary, name: string, value: Value): void {
  if (!(object instanceof JsonObject) && object.isReadOnly)
    throw new ScriptError('EXPRESSION_FAILED', `'${object.typeName}.${name}' cannot be assigned to -- it is read only`);
  set(object, name, value);
}

export function keysOf(object: JsonObject | Dictionary): string[] {
  return object instanceof JsonObject ? [...object.members.keys()] : Array.from(object.entries(), ([name]) => name);
}

function add(object: JsonObject | Dictionary, given: CallArguments): null {
  given.require(2);
  const name = given.text(0);
  if (readEntry(object, name) !== undefined)
    throw new ScriptError('EXPRESSION_FAILED', 'An item with the same key has already been added.');
  given.evaluation.budget.requireItems(sizeOf(object) + 1);
  writeEntry(object, name, given.stored(1));
  return null;
}

function remove(object: JsonObject | Dictionary, given: CallArguments): boolean {
  given.require(1);
  const name = given.text(0);
  if (object instanceof JsonObject) return object.members.delete(name);
  if (object.isReadOnly) throw new ScriptError('EXPRESSION_FAILED', `'${object.typeName}' is read only`);
  return object.delete(name);
}

function contains(object: JsonObject | Dictionary, given: CallArguments): boolean {
  given.require(1);
  return readEntry(object, given.text(0)) !== undefined;
}

function sizeOf(object: JsonObject | Dictionary): number {
  return object instanceof JsonObject ? object.members.size : object.size;
}

function valuesOf(object: JsonObject | Dictionary): Value[] {
  return object instanceof JsonObject
    ? [...object.members.values()]
    : Array.from(object.entries(), ([, value]) => value);
}

/** Of an object of JSON or of the script, after its own entries. */
export const objectMembers = new MemberTable<JsonObject | Dictionary>(
  {
    Count: sizeOf,
    Keys: (object) => new ScriptList('sequence', keysOf(object)),
    Values: (object) => new ScriptList('sequence', valuesOf(object)),
  },
  { ContainsKey: contains, Add: add, Remove: remove },
);

/** Of the headers of a response. Source: specification c.7. */
export const headerMembers = new MemberTable<HeaderCollection>(
  { Count: (headers) => headers.entries().length, Keys: (headers) => new ScriptList('sequence', names(headers)) },
  {
    ContainsKey: (headers, given) => {
      given.require(1);
      return headers.get(given.text(0)) !== undefined;
    },
    Contains: (headers, given) => {
      given.require(1);
      return headers.get(given.text(0)) !== undefined;
    },
  },
);

function names(headers: HeaderCollection): string[] {
  return headers.entries().map(({ name }) => name);
}
