import type { StringNode } from '../script/json-node.ts';
import type { Block, Script, Step } from '../script/script.ts';
import { operationsOf, textProperty } from '../script/script.ts';
import { walkSteps } from './walk-steps.ts';

export interface FunctionCall {
  caller: Block;
  step: Step;
  /** Its name, as it stands in the step. */
  name: StringNode;
  /** Undefined when no function of the script has that name. */
  callee: Block | undefined;
}

/** Who calls whom. */
export class CallGraph {
  readonly calls: readonly FunctionCall[];
  readonly #callers = new Map<Block, Set<Block>>();
  readonly #callees = new Map<Block, Set<Block>>();
  readonly #operations: ReadonlyMap<Block, readonly Block[]>;

  constructor(script: Script) {
    const byName = new Map(script.blocks.map((block) => [block.name, block]));
    this.calls = script.blocks.flatMap((caller) =>
      [...walkSteps(caller.body)].flatMap((step) => {
        const name = step.verb.name === 'Function' ? textProperty(step, 'Name') : undefined;
        return name === undefined ? [] : [{ caller, step, name, callee: byName.get(name.value) }];
      }),
    );
    for (const { caller, callee } of this.calls) {
      if (callee === undefined) continue;
      addTo(this.#callers, callee, caller);
      addTo(this.#callees, caller, callee);
    }
    this.#operations = this.#findOperations(script);
  }

  callersOf(block: Block): Block[] {
    return [...(this.#callers.get(block) ?? [])];
  }

  /** The operations from which a block can be reached; an operation is reached from itself. */
  operationsReaching(block: Block): readonly Block[] {
    return this.#operations.get(block) ?? [];
  }

  /** All that can be reached from a block, without itself unless it is called again. */
  reachableFrom(block: Block): Set<Block> {
    const found = new Set<Block>();
    const open = [block];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const callee of this.#callees.get(next) ?? []) {
        if (found.has(callee)) continue;
        found.add(callee);
        open.push(callee);
      }
    }
    return found;
  }

  #findOperations(script: Script): Map<Block, Block[]> {
    const found = new Map<Block, Block[]>();
    for (const operation of operationsOf(script)) {
      for (const block of new Set([operation, ...this.reachableFrom(operation)])) {
        found.set(block, [...(found.get(block) ?? []), operation]);
      }
    }
    return found;
  }
}

function addTo(map: Map<Block, Set<Block>>, from: Block, to: Block): void {
  const known = map.get(from);
  if (known === undefined) map.set(from, new Set([to]));
  else known.add(to);
}
