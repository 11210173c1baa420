import { nearestName } from '../../base/nearest-name.ts';
import type { Verb } from '../tables/verb.ts';
import { findVerb, verbInstead, verbs } from '../tables/verbs.ts';
import { valueOf } from './entry-of.ts';
import type { JsonEntry, JsonNode } from './json-node.ts';
import type { Case, Fault, Property, Sequence, Step } from './script.ts';

export type OnFault = (fault: Fault) => void;

/** Reads steps; what is none of them is told and left out. @param node An array, or an object with it as `Do` */
export function readSequence(node: JsonNode, onFault: OnFault): Sequence | undefined {
  const list = node.kind === 'object' ? valueOf(node, 'Do') : node;
  if (list === undefined) return { node, steps: [] };
  // Templates of the vendor have "Do": "".
  if (list.kind === 'string' && list.value === '') return { node: list, steps: [] };
  if (list.kind !== 'array') {
    onFault(stepFault('Steps must be in an array', 'Write [ {…}, {…} ].', list));
    return undefined;
  }
  const steps = list.items.map((item) => readStep(item, onFault)).filter((step) => step !== undefined);
  return { node: list, steps };
}

function readStep(node: JsonNode, onFault: OnFault): Step | undefined {
  if (node.kind !== 'object') {
    onFault(stepFault('A step must be an object', 'Write { "Verb": { … } }.', node));
    return undefined;
  }
  const [entry, ...others] = node.entries;
  if (entry === undefined || others.some(({ key }) => key !== entry.key)) {
    const count = node.entries.length;
    onFault(stepFault(`A step has exactly one property, its verb; this one has ${count}`, oneVerb, node));
  }
  if (entry === undefined) return undefined;
  const known = node.entries.find(({ key }) => findVerb(key) !== undefined) ?? entry;
  const verb = findVerb(known.key);
  if (verb === undefined) onFault(unknownVerb(known));
  return verb && readPayload(verb, known, onFault);
}

const oneVerb = 'Make a step of each verb.';

function unknownVerb({ key, keyStart, value }: JsonEntry): Fault {
  const instead = verbInstead(key);
  const nearest = nearestName(
    key,
    verbs.map(({ name }) => name),
  );
  const hint =
    instead === undefined
      ? nearest === undefined
        ? '`plugin-host platform commands` lists the verbs.'
        : `Did you mean ${nearest}? Case matters.`
      : `Use ${instead}.`;
  return {
    code: 'E08',
    message: `No component found matching name ${key}`,
    hint,
    offset: keyStart,
    path: value.path,
  };
}

function stepFault(message: string, hint: string, node: JsonNode): Fault {
  return { code: 'E08', message, hint, offset: node.start, path: node.path };
}

function readPayload(verb: Verb, { keyStart, value: payload }: JsonEntry, onFault: OnFault): Step {
  const written = writtenProperties(verb, payload, keyStart);
  const properties = new Map(written.filter(({ isKnown }) => isKnown).map((each) => [each.name, each]));
  const blocks = new Map<string, Sequence>();
  for (const { name, role } of verb.properties) {
    const value = role === 'block' ? properties.get(name)?.value : undefined;
    const sequence = value && readSequence(value, onFault);
    if (sequence !== undefined) blocks.set(name, sequence);
  }
  return {
    verb,
    path: payload.path,
    start: keyStart,
    payload,
    properties,
    unknown: written.filter(({ isKnown }) => !isKnown),
    blocks,
    cases: readCases(properties.get('Cases')?.value, onFault),
  };
}

function writtenProperties(verb: Verb, payload: JsonNode, keyStart: number): (Property & { isKnown: boolean })[] {
  if (payload.kind !== 'object') {
    const name = verb.shorthand;
    return name === undefined ? [] : [{ name, keyStart, value: payload, isKnown: true }];
  }
  return payload.entries.map(({ key, keyStart: start, value }) => {
    const known = verb.properties.find(({ name }) => name.toLowerCase() === key.toLowerCase());
    return { name: known?.name ?? key, keyStart: start, value, isKnown: known !== undefined };
  });
}

function readCases(node: JsonNode | undefined, onFault: OnFault): Case[] {
  if (node?.kind !== 'array') return [];
  return node.items.flatMap((item) => {
    if (item.kind !== 'object') return [];
    const find = (name: string): JsonNode | undefined =>
      item.entries.findLast(({ key }) => key.toLowerCase() === name)?.value;
    const body = find('do');
    return [{ node: item, value: find('casevalue'), body: body && readSequence(body, onFault) }];
  });
}
