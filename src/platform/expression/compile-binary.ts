import { calculate } from '../conversion/calculate.ts';
import { equalValues } from '../conversion/equal-values.ts';
import { plainValue } from '../conversion/plain-value.ts';
import { toBoolean } from '../conversion/to-int32.ts';
import { castValue } from '../members/cast-value.ts';
import { concatenate } from '../members/concatenate.ts';
import type { Evaluation } from '../members/evaluation.ts';
import { formatValue } from '../members/format-text.ts';
import { Double } from '../values/double.ts';
import { ScriptError } from '../values/script-error.ts';
import { typeNameOf } from '../values/value.ts';
import type { Code, Compiler } from './code.ts';
import { nullTarget } from './null-target.ts';
import type { Binary, Cast, Conditional, Interpolation, Tree, Unary } from './tree.ts';

/** A condition: a Boolean in the end, and nothing secret about it. */
function compileTest(tree: Tree, compiler: Compiler): (evaluation: Evaluation) => boolean {
  const code = compiler.compile(tree);
  const source = compiler.sourceOf(tree);
  return (evaluation) => {
    const before = evaluation.isSecret;
    const value = code(evaluation);
    evaluation.isSecret = before;
    return typeof value === 'boolean' ? value : toBoolean(value, source, evaluation.note);
  };
}

export function compileUnary({ operator, operand }: Unary, compiler: Compiler): Code {
  if (operator === '!') {
    const test = compileTest(operand, compiler);
    return (evaluation) => !test(evaluation);
  }
  const code = compiler.compile(operand);
  const source = compiler.sourceOf(operand);
  return (evaluation) => {
    const value = plainValue(code(evaluation));
    if (value === null) throw nullTarget(source);
    if (typeof value === 'number') return operator === '-' ? -value | 0 : value;
    if (typeof value === 'bigint') return operator === '-' ? BigInt.asIntN(64, -value) : value;
    if (value instanceof Double) return operator === '-' ? new Double(-value.value) : value;
    const type = typeNameOf(value);
    throw new ScriptError('EXPRESSION_FAILED', `Operator '${operator}' cannot be applied to operand of type '${type}'`);
  };
}

export function compileBinary(tree: Binary, compiler: Compiler): Code {
  const { operator } = tree;
  if (operator === '&&' || operator === '||') return compileLogic(tree, compiler);
  const left = compiler.compile(tree.left);
  const right = compiler.compile(tree.right);
  switch (operator) {
    case '==':
      return (evaluation) => equalValues(left(evaluation), right(evaluation), evaluation.note);
    case '!=':
      return (evaluation) => !equalValues(left(evaluation), right(evaluation), evaluation.note);
    case '??':
      return (evaluation) => {
        const value = left(evaluation);
        return plainValue(value) === null ? right(evaluation) : value;
      };
    case '+':
      return (evaluation) => {
        const [a, b] = [left(evaluation), right(evaluation)];
        if (typeof a === 'number' && typeof b === 'number') return (a + b) | 0;
        const isText = typeof plainValue(a) === 'string' || typeof plainValue(b) === 'string';
        return isText ? concatenate(evaluation, a, b) : calculate('+', a, b);
      };
    default:
      return (evaluation) => calculate(operator, left(evaluation), right(evaluation));
  }
}

function compileLogic({ operator, left, right }: Binary, compiler: Compiler): Code {
  const first = compileTest(left, compiler);
  const second = compileTest(right, compiler);
  if (operator === '&&') return (evaluation) => first(evaluation) && second(evaluation);
  return (evaluation) => first(evaluation) || second(evaluation);
}

export function compileConditional(tree: Conditional, compiler: Compiler): Code {
  const test = compileTest(tree.test, compiler);
  const yes = compiler.compile(tree.yes);
  const no = compiler.compile(tree.no);
  return (evaluation) => (test(evaluation) ? yes(evaluation) : no(evaluation));
}

export function compileCast({ type, operand }: Cast, compiler: Compiler): Code {
  const code = compiler.compile(operand);
  const source = compiler.sourceOf(operand);
  return (evaluation) => {
    const value = code(evaluation);
    if (value === null && type !== 'String' && type !== 'Object') throw nullTarget(source);
    return castValue(type, value);
  };
}

export function compileInterpolation({ parts }: Interpolation, compiler: Compiler): Code {
  const codes = parts.map((part) =>
    typeof part === 'string' ? part : { ...part, code: compiler.compile(part.value) },
  );
  return (evaluation) => {
    const texts = codes.map((part) =>
      typeof part === 'string' ? part : formatValue(evaluation, part.code(evaluation), part.width, part.format),
    );
    evaluation.make(texts.reduce((size, text) => size + text.length, 0));
    return texts.join('');
  };
}
