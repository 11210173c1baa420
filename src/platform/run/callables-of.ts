import type { Callable } from '../engine/callable.ts';
import { libraryBody } from '../libraries/library-body.ts';
import type { Block, Script } from '../script/script.ts';
import { importedFunctions } from '../tables/libraries.ts';
import type { LibraryFunction } from '../tables/library.ts';
import { findParameterType } from '../tables/parameter-types.ts';

/** What a script can call: its own functions, and those of its imports. */
export function callablesOf(script: Script): ReadonlyMap<string, Callable> {
  const callables = new Map<string, Callable>();
  for (const each of importedFunctions(script.imports.map(({ value }) => value)))
    callables.set(each.name, ofLibrary(each));
  for (const block of script.blocks)
    callables.set(block.name, { block, library: undefined, requiredCount: block.parameters.length });
  return callables;
}

function ofLibrary({ name, library, parameters }: LibraryFunction): Callable {
  const node = { kind: 'object' as const, entries: [], start: 0, end: 0, path: `/${library}/${name}` };
  const block: Block = {
    kind: 'function',
    name,
    nameStart: 0,
    namePath: node.path,
    isListed: true,
    node,
    path: node.path,
    parameters: parameters.map((each) => ({
      name: each.name,
      keyStart: 0,
      type: findParameterType(each.type ?? ''),
      isRequired: !each.isOptional,
      default: undefined,
      description: undefined,
      node,
    })),
    body: libraryBody(library, name),
  };
  return { block, library, requiredCount: parameters.filter(({ isOptional }) => !isOptional).length };
}
