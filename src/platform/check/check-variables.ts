import type { CallGraph } from '../analysis/call-graph.ts';
import { globalsOf, type Scope, type ScopedBlock, type ScopedStep, scopesOf } from '../analysis/scope.ts';
import type { VariableUse } from '../analysis/uses-of.ts';
import type { Block } from '../script/script.ts';
import { findLibrary } from '../tables/libraries.ts';
import type { Checked } from './checked.ts';
import { at, type Finding } from './finding.ts';

/** Names of variables: E13, E14, W02, W03, L08, L09, L25. */
export function* checkVariables({ script, graph, steps, usesOf }: Checked): Generator<Finding> {
  const found = globalsOf(steps.map(({ uses }) => uses));
  for (const [name, node] of found) {
    const message = `The variable ${name} is made global`;
    yield { code: 'W02', message, hint: 'Where one function needs it, pass it.', ...at(node) };
  }
  const fromLibraries = script.imports.flatMap(({ value }) => findLibrary(value)?.sets ?? []);
  const globals = new Set([...found.keys(), ...fromLibraries]);
  for (const block of script.blocks) {
    const scoped = scopesOf(block, usesOf, globals);
    yield* new BlockCheck(scoped, globals, namesOfOperations(block, graph, script.blocks)).run();
  }
}

interface OfOperations {
  /** Declared by every operation from which the function can be reached. */
  shared: readonly string[];
  /** Declared by one of them at least. */
  all: readonly string[];
}

/** What nothing calls is judged against all operations together. */
function namesOfOperations(block: Block, graph: CallGraph, blocks: readonly Block[]): OfOperations {
  const reaching = graph.operationsReaching(block);
  const operations = reaching.length > 0 ? reaching : blocks.filter(({ kind }) => kind === 'operation');
  const lists = operations.map(({ parameters }) => parameters.map(({ name }) => name));
  const all = [...new Set(lists.flat())];
  if (reaching.length === 0) return { shared: all, all };
  return { shared: all.filter((name) => lists.every((list) => list.includes(name))), all };
}

type Kind = 'local' | 'global' | 'operation';

class BlockCheck {
  readonly #scoped: ScopedBlock;
  readonly #globals: ReadonlySet<string>;
  readonly #ofOperations: OfOperations;
  readonly #parameters: readonly string[];
  /** Globals that the block sets itself, so that nobody has to pass them. */
  readonly #ownGlobals: ReadonlySet<string>;
  /** What was told once. */
  readonly #told = new Set<string>();

  constructor(scoped: ScopedBlock, globals: ReadonlySet<string>, ofOperations: OfOperations) {
    this.#scoped = scoped;
    this.#globals = globals;
    this.#ofOperations = ofOperations;
    this.#parameters = scoped.block.parameters.map(({ name }) => name);
    this.#ownGlobals = new Set(globalsOf(scoped.steps.map(({ uses }) => uses)).keys());
  }

  *run(): Generator<Finding> {
    for (const each of this.#scoped.steps) {
      if (each.step.verb.name === 'ForEach') yield* this.#checkElement(each);
      for (const use of each.uses.variables) {
        const scope = scopeOf(use, each);
        if (use.use === 'write') yield* this.#checkWrite(use, scope);
        else yield* this.#checkRead(use, scope);
      }
    }
  }

  *#checkElement({ uses }: ScopedStep): Generator<Finding> {
    for (const { name, node } of uses.sets) {
      if (!this.#parameters.includes(name) && !this.#ofOperations.all.includes(name)) continue;
      const message = `The element ${name} is named like a parameter, which it overwrites`;
      yield { code: 'L08', message, hint: 'Give it a name of its own.', ...at(node) };
    }
  }

  *#checkWrite(use: VariableUse, scope: Scope): Generator<Finding> {
    const { name, node, property } = use;
    if (property === 'Before' || this.#find(name, scope) !== undefined) return;
    if (this.#isSetElsewhere(name)) {
      yield branchVariable(use);
      return;
    }
    const known = [...new Set([...this.#visible(scope)])].sort();
    const message = `Key "${name}" was not found, the following keys exist: [${known.join(', ')}]`;
    yield { code: 'E14', message, hint: 'Set it by SetItem before; an assignment creates nothing.', ...at(node) };
  }

  *#checkRead(use: VariableUse, scope: Scope): Generator<Finding> {
    const { name, node, mayBeMissing } = use;
    const kind = this.#find(name, scope);
    if (kind !== undefined) {
      yield* this.#tellUnpassed(use, kind);
      return;
    }
    const variant = this.#visible(scope).find((each) => each.toLowerCase() === name.toLowerCase());
    if (variant !== undefined) {
      const message = `The variable ${name} is found only without regard to case, as ${variant}`;
      yield { code: 'L25', message, hint: `Write ${variant}.`, ...at(node) };
    } else if (this.#isSetElsewhere(name)) {
      yield branchVariable(use);
    } else if (!mayBeMissing) {
      const message = `The variable "${name}" is used at path "${node.path}" but it is not declared in that scope`;
      yield { code: 'E13', message, hint: this.#hintFor(name), ...at(node) };
    }
  }

  #find(name: string, scope: Scope): Kind | undefined {
    if ([...scope.chain()].some(({ names }) => names.has(name)) || this.#parameters.includes(name)) return 'local';
    if (this.#globals.has(name)) return 'global';
    return this.#ofOperations.shared.includes(name) ? 'operation' : undefined;
  }

  *#tellUnpassed({ name, node }: VariableUse, kind: Kind): Generator<Finding> {
    const { block } = this.#scoped;
    if (kind === 'local' || block.kind === 'operation' || this.#told.has(name)) return;
    if (kind === 'global' && this.#ownGlobals.has(name)) return;
    this.#told.add(name);
    const what = kind === 'global' ? 'global variable' : 'parameter of the operation';
    const message = `The function ${block.name} uses the ${what} ${name}, which it was not passed`;
    yield { code: 'W03', message, hint: 'Make it a parameter of the function.', ...at(node) };
  }

  #visible(scope: Scope): string[] {
    const local = [...scope.chain()].flatMap(({ names }) => [...names]);
    return [...local, ...this.#parameters, ...this.#globals, ...this.#ofOperations.shared];
  }

  #isSetElsewhere(name: string): boolean {
    return this.#scoped.scopes.some(({ names }) => names.has(name) && name !== 'Exception');
  }

  #hintFor(name: string): string {
    if (name === 'Uri') return 'This type is not bound; encode with the step UrlEncode, or send a form.';
    if (name === 'Exception') return 'It is there in a Catch alone.';
    if (!this.#ofOperations.all.includes(name)) return 'Declare it as a parameter, or set it before.';
    return 'Not every operation that comes here declares it; pass it to the function.';
  }
}

/** A loop's own expressions are read in the loop, all else of it outside. */
function scopeOf({ property }: VariableUse, { scope, loop }: ScopedStep): Scope {
  return property === 'CollectionName' ? scope : (loop ?? scope);
}

function branchVariable({ name, node }: VariableUse): Finding {
  const message = `The variable ${name} is first set inside a branch, a loop or a Try, and may not be there`;
  return { code: 'L09', message, hint: 'Set it before, such as to null.', ...at(node) };
}
