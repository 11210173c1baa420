import { endsSurely } from '../analysis/ends-surely.ts';
import { walkSteps } from '../analysis/walk-steps.ts';
import { valueOf } from '../script/entry-of.ts';
import type { JsonNode } from '../script/json-node.ts';
import { type Block, operationsOf } from '../script/script.ts';
import { hasToken } from '../script/split-tokens.ts';
import { findOperation, type Operation, partnerOf } from '../tables/operations.ts';
import { placeOf } from './check-structure.ts';
import type { Checked } from './checked.ts';
import { at, type Finding } from './finding.ts';

/** Operations: L17, L21, L22, W05. */
export function* checkOperations({ script }: Checked): Generator<Finding> {
  const blocks = operationsOf(script);
  const names = blocks.map(({ name }) => findOperation(name)?.name);
  for (const block of blocks) {
    const operation = findOperation(block.name);
    if (operation !== undefined && operation.driven !== 'yes') yield notDriven(block, operation);
    const partner = operation && partnerOf(operation.name);
    if (partner !== undefined && !names.includes(partner)) yield halfOfPair(block, partner);
    yield* checkReturns(block);
  }
}

function notDriven(block: Block, { name, driven }: Operation): Finding {
  const message = driven === 'never' ? `SPP never asks for ${name}` : `SPP does not ask a custom platform for ${name}`;
  const level = driven === 'never' ? 'error' : 'warning';
  const hint = name === 'RetrieveSshHostKey' ? 'Define DiscoverSshHostKey.' : 'Remove it, or rename the function.';
  return { code: 'L22', level, message, hint, ...placeOf(block) };
}

function halfOfPair(block: Block, partner: string): Finding {
  const message = `${block.name} is there without ${partner}`;
  return { code: 'L21', message, hint: `Add ${partner}, if the target can do it.`, ...at(block.node) };
}

function* checkReturns(block: Block): Generator<Finding> {
  if (!endsSurely(block.body)) {
    const message = `${block.name} can end without Return or Throw`;
    const hint = 'End every path with { "Return": { "Value": true } } or a Throw.';
    yield { code: 'L17', message, hint, ...at(block.body?.node ?? valueOf(block.node, 'Do') ?? block.node) };
  }
  for (const { verb, properties } of walkSteps(block.body)) {
    const value = verb.name === 'Return' ? properties.get('Value')?.value : undefined;
    if (value === undefined || mayBeBoolean(value)) continue;
    const message = `${block.name} returns what is no boolean; the task fails`;
    yield { code: 'W05', message, hint: 'Return true or false, or Throw with the reason.', ...at(value) };
  }
}

function mayBeBoolean(value: JsonNode): boolean {
  if (value.kind !== 'string') return value.kind === 'boolean';
  return hasToken(value.value) || /^\s*(?:true|false)\s*$/i.test(value.value);
}
