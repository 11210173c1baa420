import type { Evaluation } from '../members/evaluation.ts';
import { missingMember } from '../members/missing-name.ts';
import { writeEntry } from '../members/object-members.ts';
import { writeIndex } from '../members/read-index.ts';
import { Dictionary } from '../values/dictionary.ts';
import { JsonObject } from '../values/json-token.ts';
import { typeNameOf } from '../values/value.ts';
import type { Value } from '../values/value.ts';
import type { Code, Compiler } from './code.ts';
import { nullTarget } from './null-target.ts';
import type { Assignment, Tree } from './tree.ts';

/** `target = value`; a secret is stored as one. */
export function compileAssignment({ target, value }: Assignment, compiler: Compiler): Code {
  const code = compiler.compile(value);
  if (target.kind === 'name') {
    const store = compileStore(target.name, compiler);
    return (evaluation) => {
      const kept = evaluation.keep(code);
      store(evaluation, kept);
      return evaluation.take(kept);
    };
  }
  const read = compileTarget(target.target, compiler);
  const at = target.kind === 'index' ? compiler.compile(target.index) : undefined;
  const name = target.kind === 'member' ? target.name : '';
  return (evaluation) => {
    const object = read(evaluation);
    const index = at?.(evaluation);
    const kept = evaluation.keep(code);
    if (index !== undefined) writeIndex(evaluation, object, index, kept);
    else if (object instanceof JsonObject || object instanceof Dictionary) writeEntry(object, name, kept);
    else throw missingMember(typeNameOf(object), name);
    return evaluation.take(kept);
  };
}

function compileStore(name: string, compiler: Compiler): (evaluation: Evaluation, value: Value) => void {
  const slot = compiler.slotOf(name);
  if (slot === undefined)
    return (evaluation, value): void => {
      evaluation.scope.assign(name, value);
    };
  return (evaluation, value): void => {
    evaluation.slots[slot] = value;
  };
}

function compileTarget(target: Tree, compiler: Compiler): (evaluation: Evaluation) => Value & object {
  const code = compiler.compile(target);
  const source = compiler.sourceOf(target);
  return (evaluation) => {
    const object = code(evaluation);
    if (object === null) throw nullTarget(source);
    if (typeof object !== 'object') return evaluation.fail(`a value of type '${typeNameOf(object)}' cannot be changed`);
    return object;
  };
}
