import type { Block, Sequence, Step } from '../script/script.ts';
import { globalPrefix, type Uses } from './uses-of.ts';

/** Where variables live: a function's body, a branch of it, a loop. */
export class Scope {
  readonly parent: Scope | undefined;
  readonly names = new Set<string>();

  constructor(parent?: Scope, names: readonly string[] = []) {
    this.parent = parent;
    for (const name of names) this.names.add(name);
  }

  /** Itself, then all around it. */
  *chain(): Generator<Scope> {
    let scope: Scope | undefined = this; // eslint-disable-line @typescript-eslint/no-this-alias -- where the walk begins
    for (; scope !== undefined; scope = scope.parent) yield scope;
  }
}

/** A step and the scope that each of its properties is read in. */
export interface ScopedStep {
  step: Step;
  uses: Uses;
  scope: Scope;
  /** Of a loop: where its variable and its condition live. */
  loop: Scope | undefined;
}

export interface ScopedBlock {
  block: Block;
  steps: readonly ScopedStep[];
  /** All that is set anywhere in it, globals aside. */
  scopes: readonly Scope[];
}

/** Names of variables that are set with the prefix of global ones, each with its first place. */
export function globalsOf(uses: Iterable<Uses>): Map<string, Uses['sets'][number]['node']> {
  const found = new Map<string, Uses['sets'][number]['node']>();
  for (const { sets } of uses) {
    for (const { name, node } of sets) {
      const own = name.replace(globalPrefix, '');
      if (own !== name && !found.has(own)) found.set(own, node);
    }
  }
  return found;
}

/** Lays out the scopes of a block. Every block of steps is one, as is every loop. */
export function scopesOf(block: Block, usesOf: (step: Step) => Uses, globals: ReadonlySet<string>): ScopedBlock {
  const steps: ScopedStep[] = [];
  const scopes: Scope[] = [];
  const open = (parent?: Scope, names: readonly string[] = []): Scope => {
    const scope = new Scope(parent, names);
    scopes.push(scope);
    return scope;
  };
  const visit = (sequence: Sequence | undefined, scope: Scope): void => {
    for (const step of sequence?.steps ?? []) {
      const uses = usesOf(step);
      const loop = isLoop(step) ? open(scope) : undefined;
      steps.push({ step, uses, scope, loop });
      declare(uses, loop ?? scope, globals);
      for (const [name, inner] of step.blocks) visit(inner, open(loop ?? scope, name === 'Catch' ? ['Exception'] : []));
      for (const { body } of step.cases) visit(body, open(scope));
    }
  };
  visit(block.body, open());
  return { block, steps, scopes };
}

function isLoop({ verb }: Step): boolean {
  return verb.name === 'For' || verb.name === 'ForEach';
}

function declare({ sets, variables }: Uses, scope: Scope, globals: ReadonlySet<string>): void {
  for (const { name } of sets) {
    if (!globalPrefix.test(name) && !globals.has(name)) scope.names.add(name);
  }
  for (const { name, use, property } of variables) {
    const isSetThere = [...scope.chain()].some(({ names }) => names.has(name));
    if (property === 'Before' && use !== 'read' && !isSetThere && !globals.has(name)) scope.names.add(name);
  }
}
