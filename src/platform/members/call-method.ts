import { equalValues } from '../conversion/equal-values.ts';
import { plainValue } from '../conversion/plain-value.ts';
import { toText } from '../conversion/render-text.ts';
import { foldText } from '../text/fold-text.ts';
import { formatNumber } from '../text/format-number.ts';
import { Dictionary } from '../values/dictionary.ts';
import { Double } from '../values/double.ts';
import { EnumValue } from '../values/enum-value.ts';
import { HeaderCollection } from '../values/header-collection.ts';
import { JsonArray, JsonObject, JsonScalar } from '../values/json-token.ts';
import { CaptureList, MatchValue } from '../values/match-value.ts';
import { NamedText } from '../values/named-text.ts';
import { ScriptList } from '../values/script-list.ts';
import { TypeValue } from '../values/type-value.ts';
import { isNumber, typeNameOf } from '../values/value.ts';
import type { Value } from '../values/value.ts';
import type { CallArguments } from './call-arguments.ts';
import { EncodingValue, encodingMembers } from './encoding-value.ts';
import { itemsOf } from './items-of.ts';
import { matchMembers } from './match-members.ts';
import { membersOfList } from './members-of-list.ts';
import { missingMember } from './missing-name.ts';
import { headerMembers, objectMembers } from './object-members.ts';
import { regexMembers } from './regex-members.ts';
import { RegexValue } from './regex-value.ts';
import { sequenceMembers } from './sequence-members.ts';
import { textMembers } from './text-members.ts';

/** `target.method(…)`, of a target that is not null. */
export function callMethod(target: Value, given: CallArguments): Value {
  if (typeof target === 'string') given.evaluation.budget.read(target.length);
  const result = ownMethod(target, given) ?? linqMethod(target, given) ?? commonMethod(target, given);
  if (result === undefined) throw missingMember(typeNameOf(target), given.method);
  return result.value;
}

/** Boxed, as a method that gives nothing gives null. */
interface Result {
  value: Value;
}

function boxed(value: Value): Result {
  return { value };
}

function ownMethod(target: Value, given: CallArguments): Result | undefined {
  const call = findMethod(target, given.method);
  return call && boxed(call(given));
}

function findMethod(target: Value, name: string): ((given: CallArguments) => Value) | undefined {
  if (typeof target === 'string') return bind(textMembers.method(name), target);
  if (target instanceof NamedText) return bind(textMembers.method(name), target.value);
  if (target instanceof ScriptList || target instanceof JsonArray)
    return bind(membersOfList(target).method(name), target);
  if (target instanceof JsonObject || target instanceof Dictionary) return bind(objectMembers.method(name), target);
  if (target instanceof MatchValue) return bind(matchMembers.method(name), target);
  if (target instanceof HeaderCollection) return bind(headerMembers.method(name), target);
  if (target instanceof EncodingValue) return bind(encodingMembers.method(name), target);
  if (target instanceof RegexValue) return bind(regexMembers.method(name), target);
  return undefined;
}

function bind<Target>(
  method: ((target: Target, given: CallArguments) => Value) | undefined,
  target: Target,
): ((given: CallArguments) => Value) | undefined {
  return method && ((given): Value => method(target, given));
}

function linqMethod(target: Value, given: CallArguments): Result | undefined {
  const method = sequenceMembers.method(given.method);
  if (method === undefined) return undefined;
  if (typeof target === 'string') given.evaluation.budget.makeItems(target.length);
  const items = typeof target === 'string' ? target.split('') : itemsOf(target);
  if (items === undefined) return undefined;
  given.evaluation.budget.read(items.length);
  return boxed(method(items, given));
}

/** What every value has. */
function commonMethod(target: Value, given: CallArguments): Result | undefined {
  switch (given.method.toLowerCase()) {
    case 'tostring':
      return boxed(render(target, given));
    case 'equals':
      return boxed(equals(target, given));
    case 'gettype':
      given.require(0);
      return boxed(new TypeValue(typeNameOf(target)));
    default:
      return undefined;
  }
}

function render(target: Value, given: CallArguments): Value {
  given.require(0, 2);
  const plain = plainValue(target);
  const format = given.count > 0 ? given.plain(0) : '';
  if (target instanceof EnumValue) return NamedText.ofNames(target.names.length > 0 ? target.names : [target.text]);
  if (typeof format === 'string' && isNumber(plain) && (format !== '' || plain instanceof Double))
    return formatNumber(plain, format);
  const text = toText(target);
  given.evaluation.make(text.length);
  return text;
}

function equals(target: Value, given: CallArguments): boolean {
  given.require(1, 2);
  const other = given.value(0);
  const { note } = given.evaluation;
  const comparison = given.flags(1, 'StringComparison');
  if (comparison !== undefined) return foldText(toText(target), comparison) === foldText(given.anyText(0), comparison);
  if (target instanceof JsonScalar !== other instanceof JsonScalar && other !== null)
    note('Equals compares a value inside JSON with one that is not; on the appliance these may differ, "==" is safe');
  return target instanceof CaptureList ? target === other : equalValues(target, other, note);
}
