import { nearestName } from '../../base/nearest-name.ts';
import { findParameterType, parameterTypes } from '../tables/parameter-types.ts';
import { textOf, valueOf } from './entry-of.ts';
import type { JsonNode, ObjectNode } from './json-node.ts';
import type { OnFault } from './read-sequence.ts';
import type { Fault, Parameter } from './script.ts';

/** The parameters of an operation or a function. */
export function readParameters(block: ObjectNode, onFault: OnFault): Parameter[] {
  const list = valueOf(block, 'Parameters');
  if (list === undefined) return [];
  if (list.kind !== 'array') {
    onFault(fault('Parameters must be an array', notation, list));
    return [];
  }
  return list.items.map((item) => readParameter(item, onFault)).filter((each) => each !== undefined);
}

const notation = 'Write [ { "Address": { "Type": "String" } }, … ].';

function readParameter(node: JsonNode, onFault: OnFault): Parameter | undefined {
  if (node.kind !== 'object') {
    onFault(fault('A parameter must be an object', notation, node));
    return undefined;
  }
  const [entry, ...others] = node.entries;
  if (entry === undefined || others.some(({ key }) => key !== entry.key)) {
    const name = textOf(node, 'Name');
    const hint =
      name === undefined
        ? notation
        : `The compact notation is not for upload; write { "${name}": { "Type": "${textOf(node, 'Type') ?? 'String'}" } }.`;
    onFault(fault(`A parameter has exactly one key, its name; this one has ${node.entries.length}`, hint, node));
    return undefined;
  }
  const { key: name, keyStart, value } = entry;
  const type = readType(name, value, onFault);
  const required = valueOf(value, 'Required');
  return {
    name,
    keyStart,
    type,
    isRequired: required?.kind === 'boolean' && required.value,
    default: valueOf(value, 'DefaultValue'),
    description: textOf(value, 'Description'),
    node: value,
  };
}

function readType(name: string, node: JsonNode, onFault: OnFault): Parameter['type'] {
  const known = parameterTypes.filter((type) => type !== 'Password');
  const hint = `Types: ${known.join(', ')}.`;
  const given = valueOf(node, 'Type');
  const type = given?.kind === 'string' ? findParameterType(given.value) : undefined;
  if (given === undefined) onFault(fault(`The parameter ${name} has no Type`, hint, node));
  else if (type === undefined) {
    const nearest = given.kind === 'string' ? nearestName(given.value, known) : undefined;
    const asked = nearest === undefined ? '' : `Did you mean ${nearest}? `;
    onFault(fault(`The parameter ${name} is of an unknown type`, asked + hint, given));
  }
  return type;
}

function fault(message: string, hint: string, node: JsonNode): Fault {
  return { code: 'E09', message, hint, offset: node.start, path: node.path };
}
