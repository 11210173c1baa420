import { isJsonObject, type Json, type JsonObject } from '../../../base/json.ts';
import type { BodyRule, MemberRule, ObjectRule } from './body-rule.ts';

/** A place of a body that holds a reference. */
type ReferenceRule = Extract<BodyRule, { kind: 'reference' | 'secret' }>;

export interface Reference {
  /** `policies.aa_plugin` */
  path: string;
  /** The collection that it refers to. */
  to: string;
  key: string;
  /** What it refers to is a stub, whose built-in objects are not listed. */
  isStub: boolean;
  /** It refers to a password or a private key, which belongs to one object only. */
  isSecret: boolean;
}

type Change = (rule: ReferenceRule, value: Json, path: string) => Json;

/** A checked body with something in each place that may hold a reference. */
export function mapReferences(rule: ObjectRule, body: JsonObject, change: Change): JsonObject {
  return mapMembers(rule.members, body, '', change);
}

/** Every reference of a checked body. */
export function referencesOf(rule: ObjectRule, body: JsonObject): Reference[] {
  const found: Reference[] = [];
  mapReferences(rule, body, (place, value, path) => {
    if (typeof value === 'string') {
      const isStub = place.kind === 'reference' && place.isStub === true;
      found.push({ path, to: place.to, key: value, isStub, isSecret: place.kind === 'secret' });
    }
    return value;
  });
  return found;
}

function mapMembers(
  members: Readonly<Record<string, MemberRule>>,
  body: JsonObject,
  path: string,
  change: Change,
): JsonObject {
  const isAffected = (name: string): boolean => Object.hasOwn(members, name) && mayRefer(members[name]?.rule);
  if (!Object.keys(body).some(isAffected)) return body;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      const member = Object.hasOwn(members, name) ? members[name] : undefined;
      const place = path === '' ? name : `${path}.${name}`;
      return [name, member === undefined ? value : mapValue(member.rule, value, place, change)];
    }),
  );
}

function mapValue(rule: BodyRule, value: Json, path: string, change: Change): Json {
  switch (rule.kind) {
    case 'reference':
    case 'secret':
      return change(rule, value, path);
    case 'list':
      if (!Array.isArray(value) || !mayRefer(rule.of)) return value;
      return value.map((item, index) => mapValue(rule.of, item, `${path}[${index}]`, change));
    case 'object':
      return isJsonObject(value) ? mapMembers(rule.members, value, path, change) : value;
    case 'variant': {
      if (!isJsonObject(value)) return value;
      const { selection } = value;
      const members = typeof selection === 'string' ? rule.variants[selection] : undefined;
      return members === undefined ? value : mapMembers(members, value, path, change);
    }
    case 'any':
    case 'boolean':
    case 'integer':
    case 'text':
      return value;
  }
}

const targets = new WeakMap<BodyRule, ReadonlySet<string>>();

/** Whether a body of this kind may refer to objects of a collection. */
export function mayReferTo(rule: BodyRule, collection: string): boolean {
  return targetsOf(rule).has(collection);
}

function mayRefer(rule: BodyRule | undefined): boolean {
  return rule !== undefined && targetsOf(rule).size > 0;
}

/** Collections that a value of this kind may refer to. */
function targetsOf(rule: BodyRule): ReadonlySet<string> {
  const known = targets.get(rule);
  if (known !== undefined) return known;
  const found = new Set(findTargets(rule));
  targets.set(rule, found);
  return found;
}

function findTargets(rule: BodyRule): string[] {
  const inMembers = (members: Readonly<Record<string, MemberRule>>): string[] =>
    Object.values(members).flatMap((member) => [...targetsOf(member.rule)]);
  switch (rule.kind) {
    case 'reference':
    case 'secret':
      return [rule.to];
    case 'list':
      return [...targetsOf(rule.of)];
    case 'object':
      return inMembers(rule.members);
    case 'variant':
      return Object.values(rule.variants).flatMap(inMembers);
    case 'any':
    case 'boolean':
    case 'integer':
    case 'text':
      return [];
  }
}
