import { CallArguments } from '../members/call-arguments.ts';
import { callMethod } from '../members/call-method.ts';
import { createValue } from '../members/create-value.ts';
import type { Evaluation } from '../members/evaluation.ts';
import { readIndex } from '../members/read-index.ts';
import { readMember } from '../members/read-member.ts';
import { callStatic, readStatic } from '../members/statics/call-static.ts';
import { ScriptError } from '../values/script-error.ts';
import type { Code, Compiler } from './code.ts';
import { isShadowed } from './compile-name.ts';
import { nullTarget } from './null-target.ts';
import type { Call, Creation, Index, Member, Tree } from './tree.ts';

export function compileMember(tree: Member, compiler: Compiler): Code {
  const { target, name, isConditional } = tree;
  const read = compiler.compile(target);
  const source = compiler.sourceOf(target);
  const ofValue: Code = (evaluation) => {
    const value = read(evaluation);
    if (value !== null) return readMember(evaluation, value, name);
    if (isConditional) return null;
    throw nullTarget(source);
  };
  if (target.kind !== 'type') return ofValue;
  const ofType: Code = () => readStatic(target.name, name);
  return isShadowed(target) ? eitherOf(target.written, ofValue, ofType) : ofType;
}

export function compileIndex({ target, index, isConditional }: Index, compiler: Compiler): Code {
  const read = compiler.compile(target);
  const at = compiler.compile(index);
  const source = compiler.sourceOf(target);
  return (evaluation) => {
    const value = read(evaluation);
    if (value !== null) return readIndex(evaluation, value, at(evaluation));
    if (isConditional) return null;
    throw nullTarget(source);
  };
}

export function compileCall(tree: Call, compiler: Compiler): Code {
  const { target, typeArguments } = tree;
  if (target.kind !== 'member') return compileCallOfNone(target, compiler);
  const { name, target: object, isConditional } = target;
  const give = compileArguments(name, tree.arguments, typeArguments, compiler);
  const read = compiler.compile(object);
  const source = compiler.sourceOf(object);
  const ofValue: Code = (evaluation) => {
    const value = read(evaluation);
    if (value !== null) return callMethod(value, give(evaluation));
    if (isConditional) return null;
    throw nullTarget(source);
  };
  if (object.kind !== 'type') return ofValue;
  const ofType: Code = (evaluation) => callStatic(object.name, give(evaluation));
  return isShadowed(object) ? eitherOf(object.written, ofValue, ofType) : ofType;
}

/** `name(…)`: there are no functions in expressions, and what is no variable may lead to the host. */
function compileCallOfNone(target: Tree, compiler: Compiler): Code {
  const read = compiler.compile(target);
  const source = compiler.sourceOf(target);
  return (evaluation) => {
    read(evaluation);
    throw new ScriptError('EXPRESSION_FAILED', `'${source}' is not a method`);
  };
}

export function compileCreation(tree: Creation, compiler: Compiler): Code {
  const give = compileArguments(tree.type, tree.arguments, tree.typeArguments, compiler);
  return (evaluation) => createValue(tree.type, give(evaluation));
}

function eitherOf(name: string, ofValue: Code, ofType: Code): Code {
  return (evaluation) => (evaluation.scope.has(name) ? ofValue(evaluation) : ofType(evaluation));
}

/** What is secret about an argument is kept with it, and known of the whole call too. */
function compileArguments(
  method: string,
  trees: readonly Tree[],
  types: readonly string[],
  compiler: Compiler,
): (evaluation: Evaluation) => CallArguments {
  const codes = trees.map((tree) => compiler.compile(tree));
  return (evaluation) => {
    const values = codes.map((code) => {
      const kept = evaluation.keep(code);
      evaluation.take(kept);
      return kept;
    });
    return new CallArguments(method, values, types, evaluation);
  };
}
