import { namedType } from './bound-type.ts';
import type { Expression } from './parse-expression.ts';
import type { Tree } from './tree.ts';
import { childrenOf } from './walk-tree.ts';

/** A variable that an expression uses, or a type that is not bound and therefore taken for one. */
interface UsedName {
  name: string;
  offset: number;
  /** `both` of `x += 1`. */
  use: 'read' | 'write' | 'both';
  /** `%Name::$%` may name a variable that does not exist. */
  mayBeMissing: boolean;
}

/** A member that an expression uses. */
export interface UsedMember {
  name: string;
  offset: number;
  /** With how many arguments it is called; undefined when it is only read. */
  argumentCount: number | undefined;
  /** The bound type whose member it is; undefined for a member of a value. */
  type: string | undefined;
}

export interface ExpressionNames {
  variables: UsedName[];
  members: UsedMember[];
}

/** The variables and members that an expression uses, in the order of its text; parameters of lambdas are not variables. */
export function expressionNames({ tree }: Expression): ExpressionNames {
  const names: ExpressionNames = { variables: [], members: [] };
  collect(tree, new Set(), names);
  names.variables.sort((a, b) => a.offset - b.offset);
  return names;
}

function collect(tree: Tree, bound: ReadonlySet<string>, names: ExpressionNames): void {
  if (tree.kind === 'assignment' && tree.target.kind === 'name') {
    const { name, start: offset } = tree.target;
    const isBoth = tree.value.kind === 'binary' && tree.value.left === tree.target;
    names.variables.push({ name, offset, use: isBoth ? 'both' : 'write', mayBeMissing: false });
    for (const child of isBoth ? childrenOf(tree.value).slice(1) : [tree.value]) collect(child, bound, names);
    return;
  }
  if (tree.kind === 'lambda') {
    collect(tree.body, new Set([...bound, ...tree.parameters]), names);
    return;
  }
  if (tree.kind === 'name' && !bound.has(tree.name)) {
    const { name, start: offset, fallback } = tree;
    names.variables.push({ name, offset, use: 'read', mayBeMissing: fallback !== undefined });
  }
  if (tree.kind === 'new' || tree.kind === 'call') collectTypes(tree, names);
  if (tree.kind === 'call' && tree.target.kind === 'member') {
    collectMember(tree.target, tree.arguments.length, bound, names);
    for (const argument of tree.arguments) collect(argument, bound, names);
  } else if (tree.kind === 'member') {
    collectMember(tree, undefined, bound, names);
  } else {
    for (const child of childrenOf(tree)) collect(child, bound, names);
  }
}

/** Types that nobody bound are told as variables are: the appliance does so too. */
function collectTypes(tree: Extract<Tree, { kind: 'new' | 'call' }>, names: ExpressionNames): void {
  const types = tree.kind === 'new' ? [tree.type, ...tree.typeArguments] : tree.typeArguments;
  for (const name of types) {
    const isBound = namedType(name) !== undefined || (tree.kind === 'new' && ['Int32', 'String'].includes(name));
    const offset = tree.kind === 'new' ? tree.typeStart : tree.target.end;
    if (!isBound) names.variables.push({ name, offset, use: 'read', mayBeMissing: false });
  }
}

function collectMember(
  { target, name, nameStart: offset }: Extract<Tree, { kind: 'member' }>,
  argumentCount: number | undefined,
  bound: ReadonlySet<string>,
  names: ExpressionNames,
): void {
  collect(target, bound, names);
  names.members.push({ name, offset, argumentCount, type: target.kind === 'type' ? target.name : undefined });
}
