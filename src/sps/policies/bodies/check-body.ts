import { isJsonObject, type Json, type JsonObject, plainJson } from '../../../base/json.ts';
import type { BodyRule, MemberRule, ObjectRule } from './body-rule.ts';

/** One thing that is wrong with a body. */
interface BodyProblem {
  /** `mappings[0].remote_user`; empty for the body itself. */
  path: string;
  message: string;
}

export interface CheckedBody {
  /** With defaults; references as keys. */
  body: JsonObject;
  problems: BodyProblem[];
  /** Paths of members that nobody reads. */
  unknown: string[];
}

export interface CheckOptions {
  /** Leave unknown members out, as SPS does. */
  dropUnknownMembers: boolean;
}

/** Compares a body of a request with its rule. All problems at once. */
export function checkBody(rule: ObjectRule, given: JsonObject, options: CheckOptions): CheckedBody {
  const checking: Checking = { problems: [], unknown: [], ...options };
  const body = checkObject(rule.members, rule.isOpen === true, given, '', checking);
  return { body, problems: checking.problems, unknown: checking.unknown };
}

interface Checking extends CheckOptions {
  problems: BodyProblem[];
  unknown: string[];
}

function checkValue(rule: BodyRule, value: Json, path: string, checking: Checking): Json {
  const fail = (message: string): Json => {
    checking.problems.push({ path, message });
    return value;
  };
  switch (rule.kind) {
    case 'any':
      return value;
    case 'text':
      if (value === null && rule.nullable === true) return value;
      if (typeof value !== 'string') return fail('expected a text');
      if (rule.values?.includes(value) === false) return fail(`expected ${rule.values.join(' or ')}`);
      if (value.length < (rule.minLength ?? 0)) return fail('must not be empty');
      return value.length > (rule.maxLength ?? Infinity)
        ? fail(`has more than ${rule.maxLength ?? 0} characters`)
        : value;
    case 'boolean':
      return typeof value === 'boolean' ? value : fail('expected true or false');
    case 'integer':
      return checkInteger(rule, value) ?? fail(`expected an integer from ${rule.minimum} to ${rule.maximum}`);
    case 'list':
      if (!Array.isArray(value)) return fail('expected a list');
      if (value.length < (rule.minItems ?? 0)) fail(`needs at least ${rule.minItems ?? 0} item`);
      return value.map((item, index) => checkValue(rule.of, item, `${path}[${index}]`, checking));
    case 'object':
      if (!isJsonObject(value)) return fail('expected an object');
      return checkObject(rule.members, rule.isOpen === true, value, path, checking);
    case 'variant':
      return checkVariant(rule, value, path, checking, fail);
    case 'reference':
      return checkReference(value, rule.nullable === true) ?? (value === null ? null : fail('expected a key'));
    case 'secret':
      return checkSecret(value) ?? fail('expected a key, a reference or {"plain": "…"}');
  }
}

function checkInteger({ minimum, maximum }: { minimum: number; maximum: number }, value: Json): number | undefined {
  const number = plainJson(value);
  const isFit = typeof number === 'number' && Number.isInteger(number) && number >= minimum && number <= maximum;
  return isFit ? number : undefined;
}

function checkVariant(
  { variants }: Extract<BodyRule, { kind: 'variant' }>,
  value: Json,
  path: string,
  checking: Checking,
  fail: (message: string) => Json,
): Json {
  if (!isJsonObject(value)) return fail('expected an object');
  const { selection } = value;
  const members = typeof selection === 'string' && Object.hasOwn(variants, selection) ? variants[selection] : undefined;
  if (members === undefined) {
    checking.problems.push({
      path: joinPath(path, 'selection'),
      message: `expected ${Object.keys(variants).join(' or ')}`,
    });
    return value;
  }
  return checkObject({ selection: { rule: { kind: 'text' } }, ...members }, false, value, path, checking);
}

/** A client that sends back what it got is not punished. Undefined: it is no reference. */
function checkReference(value: Json, isNullable: boolean): Json | undefined {
  if (value === null) return isNullable ? null : undefined;
  const key = isJsonObject(value) ? value['key'] : value;
  return typeof key === 'string' && key !== '' ? key : undefined;
}

function checkSecret(value: Json): Json | undefined {
  if (isJsonObject(value) && typeof value['plain'] === 'string') return { plain: value['plain'] };
  return checkReference(value, false);
}

function checkObject(
  members: Readonly<Record<string, MemberRule>>,
  isOpen: boolean,
  given: JsonObject,
  path: string,
  checking: Checking,
): JsonObject {
  const checked: [string, Json][] = [];
  for (const [name, value] of Object.entries(given)) {
    const place = joinPath(path, name);
    const member = Object.hasOwn(members, name) ? members[name] : undefined;
    if (member !== undefined) {
      checked.push([name, checkValue(member.rule, value, place, checking)]);
      continue;
    }
    if (!isOpen) checking.unknown.push(place);
    if (isOpen || !checking.dropUnknownMembers) checked.push([name, value]);
  }
  for (const [name, { isRequired, default: value }] of Object.entries(members)) {
    if (Object.hasOwn(given, name)) continue;
    if (isRequired === true) checking.problems.push({ path: joinPath(path, name), message: 'is missing' });
    else if (value !== undefined) checked.push([name, structuredClone(value)]);
  }
  return Object.fromEntries(checked); // an assignment would not keep a member named __proto__
}

function joinPath(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
