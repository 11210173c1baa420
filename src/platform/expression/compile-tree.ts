import { ScriptError } from '../values/script-error.ts';
import type { Code, Compiler } from './code.ts';
import { compileAssignment } from './compile-assignment.ts';
import {
  compileBinary,
  compileCast,
  compileConditional,
  compileInterpolation,
  compileUnary,
} from './compile-binary.ts';
import { compileCall, compileCreation, compileIndex, compileMember } from './compile-member.ts';
import { compileLambda, compileName, compileType } from './compile-name.ts';
import type { Expression } from './parse-expression.ts';
import type { Tree } from './tree.ts';

const maxShown = 80;

/** Makes of a tree what is run: functions of the host that know nothing but the values of scripts. */
class TreeCompiler implements Compiler {
  readonly #text: string;
  readonly #places: ReadonlyMap<string, number>;
  readonly #counter: { next: number };

  constructor(text: string, places: ReadonlyMap<string, number>, counter: { next: number }) {
    this.#text = text;
    this.#places = places;
    this.#counter = counter;
  }

  slotOf(name: string): number | undefined {
    return this.#places.get(name);
  }

  within(parameters: readonly string[]): { compiler: Compiler; slots: number[] } {
    const slots = parameters.map(() => this.#counter.next++);
    const places = new Map(this.#places);
    for (const [at, name] of parameters.entries()) places.set(name, slots[at] ?? 0);
    return { compiler: new TreeCompiler(this.#text, places, this.#counter), slots };
  }

  sourceOf({ start, end }: Tree): string {
    const text = this.#text.slice(start, end);
    return text.length > maxShown ? `${text.slice(0, maxShown)}…` : text;
  }

  compile(tree: Tree): Code {
    switch (tree.kind) {
      case 'literal': {
        const { value } = tree;
        return () => value;
      }
      case 'name':
        return placed(compileName(tree, this), tree.start);
      case 'type':
        return compileType(tree);
      case 'lambda':
        return compileLambda(tree, this);
      case 'member':
        return placed(compileMember(tree, this), tree.nameStart);
      case 'call':
        return placed(
          withoutTrace(compileCall(tree, this)),
          tree.target.kind === 'member' ? tree.target.nameStart : tree.start,
        );
      case 'index':
        return placed(compileIndex(tree, this), tree.index.start);
      case 'new':
        return placed(compileCreation(tree, this), tree.start);
      case 'unary':
        return placed(compileUnary(tree, this), tree.start);
      case 'binary':
        return placed(withoutTrace(compileBinary(tree, this)), tree.right.start);
      case 'conditional':
        return placed(compileConditional(tree, this), tree.start);
      case 'cast':
        return placed(compileCast(tree, this), tree.start);
      case 'interpolation':
        return placed(compileInterpolation(tree, this), tree.start);
      case 'assignment':
        return placed(compileAssignment(tree, this), tree.start);
    }
  }
}

/** Tells of a failure where it was. */
function placed(code: Code, offset: number): Code {
  return (evaluation) => {
    try {
      return code(evaluation);
    } catch (error) {
      if (error instanceof ScriptError) error.offset ??= offset;
      throw error;
    }
  };
}

/** A Boolean made of a secret is none: it tells whether, not what. Source: specification b.6. */
function withoutTrace(code: Code): Code {
  return (evaluation) => {
    const before = evaluation.isSecret;
    const value = code(evaluation);
    if (typeof value === 'boolean') evaluation.isSecret = before;
    return value;
  };
}

const compiled = new WeakMap<Expression, Code>();

/** The code of an expression; it is made once. */
export function compileTree(expression: Expression): Code {
  const known = compiled.get(expression);
  if (known) return known;
  const code = new TreeCompiler(expression.text, new Map(), { next: 0 }).compile(expression.tree);
  compiled.set(expression, code);
  return code;
}
