import { plainValue } from '../conversion/plain-value.ts';
import { toText } from '../conversion/render-text.ts';
import { toInt32, toStringArgument } from '../conversion/to-int32.ts';
import { Bytes } from '../values/bytes.ts';
import { Dictionary } from '../values/dictionary.ts';
import { HeaderCollection } from '../values/header-collection.ts';
import { JsonArray, JsonObject } from '../values/json-token.ts';
import { CaptureList, GroupValue } from '../values/match-value.ts';
import type { CaptureValue } from '../values/match-value.ts';
import { NamedText } from '../values/named-text.ts';
import { ScriptList } from '../values/script-list.ts';
import { typeNameOf } from '../values/value.ts';
import type { Value } from '../values/value.ts';
import type { Evaluation } from './evaluation.ts';
import { keysOf, readEntry, writeEntry } from './object-members.ts';

const outside = 'Index was outside the bounds of the array.';
const outOfRange =
  "Index was out of range. Must be non-negative and less than the size of the collection. (Parameter 'index')";

/** `target[index]`. */
export function readIndex(evaluation: Evaluation, target: Value, index: Value): Value {
  if (target instanceof NamedText) return readIndex(evaluation, target.value, index);
  if (target instanceof JsonObject || target instanceof Dictionary) return readKey(evaluation, target, index);
  if (target instanceof HeaderCollection) {
    const name = toStringArgument(index) ?? '';
    return target.get(name) ?? evaluation.fail(`The given header was not found: "${name}"`);
  }
  if (target instanceof CaptureList) return readCapture(evaluation, target, index);
  const item = itemAt(evaluation, target, toInt32(index));
  return evaluation.take(item ?? evaluation.fail(isListed(target) ? outOfRange : outside));
}

/** Of a list .NET says it in other words than of an array. */
function isListed(target: Value): boolean {
  return target instanceof JsonArray || (target instanceof ScriptList && target.kind === 'list');
}

function itemAt(evaluation: Evaluation, target: Value, at: number): Value | undefined {
  if (typeof target === 'string') return at >= 0 && at < target.length ? target.charAt(at) : undefined;
  if (target instanceof JsonArray || (target instanceof ScriptList && target.kind !== 'sequence')) {
    const item = target.items[at];
    return item === null ? null : item;
  }
  if (target instanceof Bytes) return target.data[at];
  return evaluation.fail(`Cannot apply indexing with [] to an expression of type '${typeNameOf(target)}'`);
}

function readKey(evaluation: Evaluation, target: JsonObject | Dictionary, index: Value): Value {
  const name = toStringArgument(index) ?? '';
  const entry = readEntry(target, name);
  if (entry !== undefined) return evaluation.take(entry);
  if (target instanceof JsonObject) return null;
  return evaluation.fail(`Key "${name}" was not found, the following keys exist: [${keysOf(target).join(', ')}]`);
}

/** A group by number or name; one that does not exist has not matched. */
function readCapture(evaluation: Evaluation, { typeName, items }: CaptureList, index: Value): Value {
  const asked = plainValue(index);
  if (typeName !== 'GroupCollection') return items[toInt32(index)] ?? evaluation.fail(outside);
  const isAsked = (group: CaptureValue): boolean =>
    group instanceof GroupValue && (typeof asked === 'string' ? group.name === asked : group.number === toInt32(index));
  return items.find(isAsked) ?? new GroupValue(-1, toText(asked), '', []);
}

/** `target[index] = value`. */
export function writeIndex(evaluation: Evaluation, target: Value, index: Value, value: Value): void {
  if (target instanceof JsonObject || target instanceof Dictionary) {
    writeEntry(target, toStringArgument(index) ?? '', value);
    return;
  }
  const isList = target instanceof JsonArray || (target instanceof ScriptList && target.kind !== 'sequence');
  if (!isList) return evaluation.fail(`Cannot assign by index to a value of type '${typeNameOf(target)}'`);
  const at = toInt32(index);
  if (at < 0 || at >= target.items.length) evaluation.fail(isListed(target) ? outOfRange : outside);
  target.items[at] = value;
}
