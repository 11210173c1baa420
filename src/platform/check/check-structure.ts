import { nearestName } from '../../base/nearest-name.ts';
import { entryOf, valueOf } from '../script/entry-of.ts';
import type { JsonNode, ObjectNode } from '../script/json-node.ts';
import { type Block, functionsOf, operationsOf, type Script } from '../script/script.ts';
import { findLibrary, importedFunctions, libraries } from '../tables/libraries.ts';
import { findOperation } from '../tables/operations.ts';
import type { Checked } from './checked.ts';
import { at, atKey, type Finding } from './finding.ts';

/** Keys, names and imports: E02, E06, E07, E10, L14, L23, L30 of imports. */
export function* checkStructure({ script }: Checked): Generator<Finding> {
  yield* findRepeated(script.root);
  const schema = entryOf(script.root, '$schema');
  if (schema !== undefined) yield refusedSchema(schema);
  yield* checkImports(script);
  yield* checkNames(script);
  yield* checkKeys(script);
}

function* findRepeated(node: JsonNode): Generator<Finding> {
  if (node.kind === 'array') for (const item of node.items) yield* findRepeated(item);
  if (node.kind !== 'object') return;
  const seen = new Set<string>();
  for (const entry of node.entries) {
    if (seen.has(entry.key)) {
      const message = `The key "${entry.key}" stands here twice`;
      yield { code: 'E02', message, hint: 'The appliance keeps the last one; remove one of them.', ...atKey(entry) };
    }
    seen.add(entry.key);
    yield* findRepeated(entry.value);
  }
}

function refusedSchema(entry: { keyStart: number; value: { path: string } }): Finding {
  const message = 'The appliance refuses a script with $schema';
  const hint = 'Remove it before upload; map the schema to the file in the settings of the editor.';
  return { code: 'E06', message, hint, ...atKey(entry) };
}

function* checkImports({ imports }: Script): Generator<Finding> {
  const names = libraries.map(({ name }) => name);
  for (const node of imports) {
    const found = findLibrary(node.value);
    if (found === undefined) {
      const nearest = nearestName(node.value, names);
      const hint = nearest === undefined ? `Known: ${names.join(', ')}.` : `Did you mean ${nearest}? Case matters.`;
      yield { code: 'E10', message: `There is no library ${node.value} to import`, hint, ...at(node) };
    } else if (!found.isEmulated) {
      const message = `The functions of ${found.name} are not emulated`;
      yield { code: 'L30', message, hint: 'A call of one fails when it runs here.', ...at(node) };
    }
  }
}

/** A function is known by its name alone, an operation without regard to case. */
function* checkNames(script: Script): Generator<Finding> {
  const seen = new Map<string, string>();
  for (const node of script.imports) {
    for (const { name, library } of importedFunctions([node.value])) {
      const former = seen.get(name);
      if (former !== undefined) yield repeatedFunction(name, former, at(node));
      else seen.set(name, `the library ${library}`);
    }
  }
  const paths = new Set<string>();
  for (const block of script.blocks) {
    const name = block.kind === 'operation' ? block.name.toLowerCase() : block.name;
    const former = seen.get(name);
    if (former !== undefined && !paths.has(block.path)) yield repeatedFunction(block.name, former, placeOf(block));
    else seen.set(name, block.path);
    paths.add(block.path);
  }
  for (const block of operationsOf(script)) {
    if (!block.isListed) continue;
    const message = `The function ${block.name} is named like an operation, so it is one`;
    const hint = 'Rename it, or make it an operation at the top of the script.';
    yield { code: 'L23', message, hint, ...placeOf(block) };
  }
}

function repeatedFunction(name: string, former: string, place: { offset: number; path: string }): Finding {
  const message = `The function ${name} is there already, in ${former}`;
  return { code: 'E07', message, hint: 'Give each function a name of its own.', ...place };
}

/** Where the name of a block stands. */
export function placeOf(block: Block): { offset: number; path: string } {
  return { offset: block.nameStart, path: block.namePath };
}

const parameterKeys = ['Type', 'Required', 'DefaultValue', 'Description', 'Name'];

function* checkKeys(script: Script): Generator<Finding> {
  for (const entry of script.root.entries) {
    const isOwn = ['$schema', 'Id', 'BackEnd', 'Meta', 'Imports', 'Functions'].includes(entry.key);
    if (isOwn || entry.value.kind === 'object') continue;
    const message = `${entry.key} is neither an operation nor a function`;
    const hint = `Write "${entry.key}": { "Do": [ … ] }, or put it into Meta.`;
    yield { code: 'L14', message, hint, ...atKey(entry) };
  }
  for (const block of [...operationsOf(script), ...functionsOf(script)]) {
    const known = block.isListed ? ['Name', 'Parameters', 'Do'] : ['Parameters', 'Do'];
    const kind = findOperation(block.name) === undefined ? 'function' : 'operation';
    yield* unknownKeys(block.node, known, `${kind} ${block.name}`);
    for (const { name, node } of block.parameters) yield* unknownKeys(node, parameterKeys, `parameter ${name}`);
  }
}

function* unknownKeys(node: JsonNode, known: readonly string[], what: string): Generator<Finding> {
  for (const entry of node.kind === 'object' ? node.entries : []) {
    if (known.includes(entry.key)) continue;
    const message = `The ${what} has no key ${entry.key}; it is passed over`;
    yield { code: 'L14', message, hint: hintFor(entry.key, node as ObjectNode, known), ...atKey(entry) };
  }
}

function hintFor(key: string, node: ObjectNode, known: readonly string[]): string {
  const isOfTry = ['Catch', 'Finally'].includes(key) && valueOf(node, 'Do') !== undefined;
  if (isOfTry) return `Put a Try with Do and ${key} into Do.`;
  const nearest = nearestName(key, known);
  return nearest === undefined ? `Known: ${known.join(', ')}.` : `Did you mean ${nearest}?`;
}
