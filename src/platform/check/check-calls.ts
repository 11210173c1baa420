import { nearestName } from '../../base/nearest-name.ts';
import type { FunctionCall } from '../analysis/call-graph.ts';
import type { JsonNode } from '../script/json-node.ts';
import { type Block, functionsOf, type Script, type Step } from '../script/script.ts';
import { hasToken } from '../script/split-tokens.ts';
import { libraries, importedFunctions } from '../tables/libraries.ts';
import type { LibraryFunction } from '../tables/library.ts';
import { operations } from '../tables/operations.ts';
import { placeOf } from './check-structure.ts';
import type { Checked } from './checked.ts';
import { at, type Finding } from './finding.ts';

/** Calls of functions: E11, E12, L26, W01, W04. */
export function* checkCalls({ script, graph }: Checked): Generator<Finding> {
  const imported = importedFunctions(script.imports.map(({ value }) => value));
  for (const call of graph.calls) yield* checkCall(call, script, imported);
  for (const block of functionsOf(script)) {
    const isCalled = graph.callersOf(block).some((caller) => caller !== block);
    if (!isCalled) yield uncalled(block);
  }
  yield* findCircles(script, (block) => graph.reachableFrom(block));
}

function* checkCall(
  { callee, name, step }: FunctionCall,
  { blocks }: Script,
  imported: readonly LibraryFunction[],
): Generator<Finding> {
  if (hasToken(name.value)) return;
  const given = step.properties.get('Parameters')?.value;
  const count = countOf(given);
  const place = at(given ?? step.payload);
  if (callee !== undefined) {
    const wanted = callee.parameters.length;
    if (count !== undefined && count !== wanted) yield wrongCount(name.value, String(wanted), count, place);
    return;
  }
  const found = imported.find((each) => each.name === name.value);
  if (found === undefined) {
    const known = [...blocks, ...imported].map((each) => each.name);
    yield { code: 'E11', message: `Function not found: ${name.value}`, hint: hintFor(name.value, known), ...at(name) };
  } else if (count !== undefined) yield* checkImported(found, count, place, step);
}

function* checkImported(
  { name, library, parameters }: LibraryFunction,
  count: number,
  place: { offset: number; path: string },
  step: Step,
): Generator<Finding> {
  const most = parameters.length;
  const least = parameters.filter(({ isOptional }) => !isOptional).length;
  if (count < least || count > most) {
    yield wrongCount(name, least === most ? String(most) : `${least} to ${most}`, count, place);
  } else if (count < most) {
    const left = parameters.slice(count).map((each) => each.name);
    const message = `${name} of ${library} is called without ${left.join(', ')}`;
    const hint = 'The appliance may want all; give null for what is not needed.';
    yield { code: 'L26', message, hint, ...(count === 0 ? at(step.payload) : place) };
  }
}

/** Undefined when only a run can tell. */
function countOf(node: JsonNode | undefined): number | undefined {
  if (node === undefined || node.kind === 'null') return 0;
  return node.kind === 'array' ? node.items.length : undefined;
}

function wrongCount(name: string, wanted: string, given: number, place: { offset: number; path: string }): Finding {
  const message = `Function '${name}' expects ${wanted} parameters, but is being called with ${given}`;
  return { code: 'E12', message, hint: 'Give one value for each parameter, in their order.', ...place };
}

function hintFor(name: string, known: readonly string[]): string {
  const owner = libraries.find(({ functions }) => functions.some((each) => each.name === name));
  if (owner !== undefined) return `It is of the library ${owner.name}, which is not imported.`;
  const nearest = nearestName(name, known);
  return nearest === undefined ? 'Define it among Functions, or import its library.' : `Did you mean ${nearest}?`;
}

function uncalled(block: Block): Finding {
  const nearest = nearestName(
    block.name,
    operations.map(({ name }) => name),
  );
  const hint = nearest === undefined ? 'Call it or remove it.' : `Is it meant to be the operation ${nearest}?`;
  return { code: 'W01', message: `Nothing calls the function ${block.name}`, hint, ...placeOf(block) };
}

/** One for each group of functions that can call each other. */
function* findCircles({ blocks }: Script, reachable: (block: Block) => Set<Block>): Generator<Finding> {
  const reached = new Map(blocks.map((block) => [block, reachable(block)]));
  const told = new Set<Block>();
  for (const block of blocks) {
    if (reached.get(block)?.has(block) !== true || told.has(block)) continue;
    const members = blocks.filter((other) => reached.get(block)?.has(other) && reached.get(other)?.has(block));
    for (const member of members) told.add(member);
    const names = members.map(({ name }) => name).join(', ');
    const message = `${names} can call ${members.length === 1 ? 'itself' : 'each other'} for ever`;
    yield { code: 'W04', message, hint: 'Use a loop; a call goes at most 64 deep.', ...placeOf(block) };
  }
}
