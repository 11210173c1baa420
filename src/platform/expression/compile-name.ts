import { LambdaValue } from '../members/lambda-value.ts';
import { missingName } from '../members/missing-name.ts';
import { TypeValue } from '../values/type-value.ts';
import type { Value } from '../values/value.ts';
import type { Code, Compiler } from './code.ts';
import type { Lambda, Name, Type } from './tree.ts';

export function compileName({ name, fallback }: Name, compiler: Compiler): Code {
  const slot = compiler.slotOf(name);
  if (slot !== undefined) return (evaluation) => evaluation.take(evaluation.slots[slot] ?? null);
  if (fallback !== undefined) return (evaluation) => evaluation.take(evaluation.scope.read(name) ?? null) ?? fallback;
  return (evaluation) => {
    const value = evaluation.scope.read(name);
    if (value === undefined) throw missingName(name, evaluation.scope.path);
    return evaluation.take(value);
  };
}

/** A variable called like the type goes first, as it does in C#; the words of C# are never variables. */
export function isShadowed({ written }: Type): boolean {
  return !written.includes('.') && !['string', 'int', 'bool'].includes(written);
}

export function compileType(tree: Type): Code {
  const type = new TypeValue(tree.name);
  const { written } = tree;
  if (!isShadowed(tree)) return () => type;
  return (evaluation) => {
    const variable = evaluation.scope.has(written) ? evaluation.scope.read(written) : undefined;
    return variable === undefined ? type : evaluation.take(variable);
  };
}

export function compileLambda({ parameters, body }: Lambda, compiler: Compiler): Code {
  const { compiler: inner, slots } = compiler.within(parameters);
  const code = inner.compile(body);
  return (evaluation) =>
    new LambdaValue(parameters.length, (...values: Value[]) => {
      evaluation.budget.iterate();
      for (const [at, slot] of slots.entries()) evaluation.slots[slot] = values[at] ?? null;
      return evaluation.keep(code);
    });
}
