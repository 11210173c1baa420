import { Bytes } from '../values/bytes.ts';
import { Dictionary } from '../values/dictionary.ts';
import { EnumValue } from '../values/enum-value.ts';
import { HeaderCollection } from '../values/header-collection.ts';
import { JsonArray, JsonObject, JsonScalar } from '../values/json-token.ts';
import { CaptureList, CaptureValue, GroupValue, MatchValue } from '../values/match-value.ts';
import { NamedText } from '../values/named-text.ts';
import { ReadableObject } from '../values/readable-object.ts';
import { ScriptList } from '../values/script-list.ts';
import { TypeValue } from '../values/type-value.ts';
import { typeNameOf } from '../values/value.ts';
import type { Value } from '../values/value.ts';
import type { Evaluation } from './evaluation.ts';
import { captureListMembers, captureMembers, groupMembers, matchMembers } from './match-members.ts';
import { membersOfList } from './members-of-list.ts';
import { missingMember } from './missing-name.ts';
import { headerMembers, objectMembers, readEntry } from './object-members.ts';
import { textMembers } from './text-members.ts';

/** `target.name`, of a target that is not null. What is in an object goes before what every object of its kind has. */
export function readMember(evaluation: Evaluation, target: Value, name: string): Value {
  if (target instanceof JsonObject || target instanceof Dictionary) {
    const entry = readEntry(target, name) ?? objectMembers.property(name)?.(target);
    if (entry !== undefined) return evaluation.take(entry);
    return target instanceof JsonObject ? null : missingEntry(evaluation, target, name);
  }
  const value = propertyOf(target, name);
  if (value === undefined) throw missingMember(typeNameOf(target), name);
  return value;
}

function missingEntry(evaluation: Evaluation, target: Dictionary, name: string): never {
  const names = Array.from(target.entries(), ([each]) => each);
  return evaluation.fail(`Key "${name}" was not found, the following keys exist: [${names.join(', ')}]`);
}

function propertyOf(target: Value, name: string): Value | undefined {
  if (typeof target === 'string') return textMembers.property(name)?.(target);
  if (target instanceof NamedText)
    return target.isError && name.toLowerCase() === 'message' ? target.value : propertyOf(target.value, name);
  if (target instanceof ScriptList || target instanceof JsonArray)
    return membersOfList(target).property(name)?.(target);
  if (target instanceof JsonScalar) return scalarProperty(target, name);
  if (target instanceof CaptureValue) return captureProperty(target, name);
  if (target instanceof CaptureList) return captureListMembers.property(name)?.(target);
  if (target instanceof HeaderCollection) return headerMembers.property(name)?.(target);
  if (target instanceof Bytes) return name.toLowerCase() === 'length' ? target.data.length : undefined;
  if (target instanceof TypeValue) return typeProperty(target, name);
  if (target instanceof EnumValue && name === 'value__') return target.value;
  return target instanceof ReadableObject ? target.property(name) : undefined;
}

function captureProperty(target: CaptureValue, name: string): Value | undefined {
  const ofMatch = target instanceof MatchValue ? matchMembers.property(name)?.(target) : undefined;
  const ofGroup = target instanceof GroupValue ? groupMembers.property(name)?.(target) : undefined;
  return ofMatch ?? ofGroup ?? captureMembers.property(name)?.(target);
}

function typeProperty(target: TypeValue, name: string): Value | undefined {
  if (name === 'Name') return target.name;
  return name === 'FullName' ? target.text : undefined;
}

function scalarProperty({ value }: JsonScalar, name: string): Value | undefined {
  const asked = name.toLowerCase();
  if (asked === 'value') return value;
  return asked === 'type' ? scalarTypes[typeNameOf(value)] : undefined;
}

const scalarTypes: Partial<Record<string, string>> = {
  null: 'Null',
  Boolean: 'Boolean',
  Int64: 'Integer',
  Double: 'Float',
  String: 'String',
};
