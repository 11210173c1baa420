import { valueOf } from '../script/entry-of.ts';
import { type Block, operationsOf, type Parameter } from '../script/script.ts';
import { findReserved, isCaseVariant } from '../tables/reserved-parameters.ts';
import type { Checked } from './checked.ts';
import { at, type Finding } from './finding.ts';

/** Parameters: E09 of reserved ones, L01, L20, L32. */
export function* checkParameters({ script }: Checked): Generator<Finding> {
  for (const { parameters } of script.blocks) {
    for (const parameter of parameters) if (parameter.type === 'Password') yield passwordType(parameter);
  }
  for (const operation of operationsOf(script)) {
    for (const parameter of operation.parameters) yield* checkReserved(parameter);
    if (['discoveraccounts', 'discoverservices'].includes(operation.name.toLowerCase())) {
      yield* checkQuery(operation);
    }
  }
}

function passwordType({ node }: Parameter): Finding {
  const message = 'The type Password stands in the published schema alone';
  return { code: 'L32', message, hint: 'Use Secret.', ...at(valueOf(node, 'Type') ?? node) };
}

function* checkReserved({ name, type, keyStart, node }: Parameter): Generator<Finding> {
  const reserved = findReserved(name);
  if (reserved === undefined) return;
  if (isCaseVariant(name)) {
    const message = `${name} is the reserved parameter ${reserved.name} in another case`;
    const hint = `The appliance fills it all the same; write ${reserved.name}.`;
    yield { code: 'L01', message, hint, offset: keyStart, path: node.path };
  }
  const given = type === 'Password' ? 'Secret' : type;
  if (given === undefined || given === reserved.type) return;
  const message = `The reserved parameter ${name} is of type ${reserved.type}, not ${given}`;
  const hint = `Write "Type": "${reserved.type}".`;
  yield { code: 'E09', message, hint, ...at(valueOf(node, 'Type') ?? node) };
}

function* checkQuery({ name, node, parameters }: Block): Generator<Finding> {
  if (parameters.some((each) => each.name.toLowerCase() === 'discoveryquery')) return;
  const message = `${name} does not declare DiscoveryQuery; the task would end with "No discovery query found in operation parameters"`;
  const hint = 'Add { "DiscoveryQuery": { "Type": "Object", "Required": false } }.';
  yield { code: 'L20', message, hint, ...at(valueOf(node, 'Parameters') ?? node) };
}
