import { nearestName } from '../../base/nearest-name.ts';
import type { JsonNode, ObjectNode } from '../script/json-node.ts';
import type { Property, Step } from '../script/script.ts';
import type { VerbProperty } from '../tables/verb.ts';
import { driftedProperty } from '../tables/verbs.ts';
import type { Checked } from './checked.ts';
import { at, atKey, type Finding } from './finding.ts';

/** What steps are given: E16, L02, L04, L27, and L30 of verbs. */
export function* checkPayloads({ steps }: Checked): Generator<Finding> {
  for (const { step } of steps) {
    const { verb, payload } = step;
    if (!verb.isEmulated) yield notEmulated(step);
    if (verb.isOpen) continue;
    if (payload.kind !== 'object' && verb.shorthand === undefined) {
      yield noObject(step);
      continue;
    }
    if (payload.kind === 'object') yield* missing(step, verb.properties, payload, '');
    yield* checkCases(step);
    for (const each of step.unknown) yield unknownProperty(step, each, verb.properties, verb.name);
    for (const role of verb.properties) yield* checkInner(step, role);
    if (verb.name === 'Headers') yield* checkHeaders(step.properties.get('AddHeaders')?.value);
  }
}

function notEmulated({ verb, start, path }: Step): Finding {
  const message = `${verb.name} is not emulated`;
  return { code: 'L30', message, hint: 'The step fails when it runs here.', offset: start, path };
}

function noObject({ verb, payload }: Step): Finding {
  const [first] = verb.properties;
  const hint = first === undefined ? 'Write { }.' : `Write { "${first.name}": … }.`;
  return { code: 'E16', message: `${verb.name} takes an object`, hint, ...at(payload) };
}

/** @param above The property that holds them, with a full stop, or nothing */
function* missing(
  step: Step,
  properties: readonly VerbProperty[],
  node: ObjectNode,
  above: string,
): Generator<Finding> {
  const given = node.entries.map(({ key }) => key.toLowerCase());
  for (const { name, isRequired } of properties) {
    if (!isRequired || given.includes(name.toLowerCase())) continue;
    const message = `${step.verb.name} needs ${above}${name}`;
    yield { code: 'E16', message, hint: `Add "${name}".`, ...at(node) };
  }
}

function* checkCases(step: Step): Generator<Finding> {
  const cases = step.properties.get('Cases')?.value;
  if (cases === undefined) return;
  const hint = 'Write [ { "CaseValue": …, "Do": [ … ] }, … ].';
  if (cases.kind !== 'array') {
    yield { code: 'E16', message: 'Cases must be an array', hint, ...at(cases) };
    return;
  }
  for (const item of cases.items) {
    if (item.kind !== 'object') yield { code: 'E16', message: 'A case must be an object', hint, ...at(item) };
    const entries = item.kind === 'object' ? item.entries : [];
    for (const { key, keyStart, value } of entries) {
      if (['casevalue', 'do'].includes(key.toLowerCase())) continue;
      yield {
        code: 'L02',
        message: `A case has no property ${key}; it is passed over`,
        hint: 'Known: CaseValue, Do.',
        offset: keyStart,
        path: value.path,
      };
    }
  }
}

function unknownProperty(
  { verb }: Step,
  { name, keyStart, value }: Pick<Property, 'name' | 'keyStart' | 'value'>,
  known: readonly VerbProperty[],
  owner: string,
): Finding {
  const names = known.map((each) => each.name);
  const right = driftedProperty(owner, name) ?? nearestName(name, names);
  const hint = right === undefined ? `Known: ${names.join(', ')}.` : `Did you mean ${right}?`;
  const message = `${owner} has no property ${name}; ${verb.name} runs without it`;
  return { code: 'L02', message, hint, offset: keyStart, path: value.path };
}

/** What is in an object such as `Message` or `Content`. */
function* checkInner(step: Step, { name, properties }: VerbProperty): Generator<Finding> {
  const value = step.properties.get(name)?.value;
  if (properties.length === 0 || value?.kind !== 'object') return;
  yield* missing(step, properties, value, `${name}.`);
  const known = properties.map((each) => each.name.toLowerCase());
  for (const entry of value.entries) {
    if (known.includes(entry.key.toLowerCase())) continue;
    if (name === 'Content' && ['value', 'body'].includes(entry.key.toLowerCase())) {
      const message = `Content.${entry.key} is no property; the request fails when it runs`;
      const hint = 'Put the body into a variable by SetItem and name that in Content.ContentObjectName.';
      yield { code: 'L04', message, hint, ...atKey(entry) };
    } else {
      yield unknownProperty(step, { ...entry, name: entry.key }, properties, `${step.verb.name}.${name}`);
    }
  }
}

function* checkHeaders(node: JsonNode | undefined): Generator<Finding> {
  const seen = new Map<string, string>();
  for (const entry of node?.kind === 'object' ? node.entries : []) {
    const former = seen.get(entry.key.toLowerCase());
    // The same in the same case is E02.
    if (former !== undefined && former !== entry.key) {
      const message = `The header ${entry.key} stands here as ${former} already`;
      yield { code: 'L27', message, hint: 'Names of headers have no case; remove one of them.', ...atKey(entry) };
    }
    if (former === undefined) seen.set(entry.key.toLowerCase(), entry.key);
  }
}
