import { Double } from '../values/double.ts';
import { EnumValue } from '../values/enum-value.ts';
import { ScriptError } from '../values/script-error.ts';
import { isNumber, typeNameOf } from '../values/value.ts';
import type { Value } from '../values/value.ts';
import { plainValue } from './plain-value.ts';

export type Operator = '+' | '-' | '*' | '/' | '%' | '<' | '>' | '<=' | '>=' | '|' | '&';

const floating: Record<string, (a: number, b: number) => number> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
};

/** As C# does without `checked`: what is too large wraps round. */
const whole: Record<string, (a: number, b: number) => number> = {
  '+': (a, b) => (a + b) | 0,
  '-': (a, b) => (a - b) | 0,
  '*': (a, b) => Math.imul(a, b),
  '/': (a, b) => Math.trunc(a / b) | 0,
  '%': (a, b) => (a % b) | 0,
  '|': (a, b) => a | b,
  '&': (a, b) => a & b,
};

const long: Record<string, (a: bigint, b: bigint) => bigint> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '|': (a, b) => a | b,
  '&': (a, b) => a & b,
};

const order: Record<string, (a: number | bigint, b: number | bigint) => boolean> = {
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
};

/** A binary operator on numbers, flags of an enumeration and (`|`, `&`) Booleans. Source: C#; specification c.3. */
export function calculate(operator: Operator, left: Value, right: Value): Value {
  const [a, b] = comparable(operator, plainValue(left), plainValue(right));
  if (a === null || b === null)
    throw new ScriptError('VARIABLE_NULL', `expression refers to null variable: operand of ${operator}`);
  if (isNumber(a) && isNumber(b)) {
    const result = calculateNumbers(operator, a, b);
    if (result !== undefined) return result;
  }
  if (operator === '|' || operator === '&') {
    if (typeof a === 'boolean' && typeof b === 'boolean') return operator === '|' ? a || b : a && b;
    if (a instanceof EnumValue && b instanceof EnumValue && a.typeName === b.typeName) return joinFlags(operator, a, b);
  }
  throw notApplicable(operator, a, b);
}

/** `StatusCode >= 400`: an enumeration compares with numbers as it equals them. Source: specification c.3. */
function comparable(operator: Operator, a: Value, b: Value): [Value, Value] {
  if (!Object.hasOwn(order, operator)) return [a, b];
  if (a instanceof EnumValue && b !== null && isNumber(b)) return [a.value, b];
  return b instanceof EnumValue && a !== null && isNumber(a) ? [a, b.value] : [a, b];
}

function notApplicable(operator: string, a: Value, b: Value): ScriptError {
  return new ScriptError(
    'EXPRESSION_FAILED',
    `Operator '${operator}' cannot be applied to operands of type '${typeNameOf(a)}' and '${typeNameOf(b)}'`,
  );
}

function calculateNumbers(
  operator: Operator,
  a: number | bigint | Double,
  b: number | bigint | Double,
): Value | undefined {
  const compare = order[operator];
  if (a instanceof Double || b instanceof Double) {
    const [x, y] = [toNumber(a), toNumber(b)];
    if (compare) return compare(x, y);
    const compute = floating[operator];
    return compute && new Double(compute(x, y));
  }
  if (compare) return compare(a, b);
  if ((operator === '/' || operator === '%') && Number(b) === 0)
    throw new ScriptError('EXPRESSION_FAILED', 'Attempted to divide by zero.');
  if (typeof a === 'number' && typeof b === 'number') return whole[operator]?.(a, b);
  const result = long[operator]?.(BigInt(a), BigInt(b));
  return result === undefined ? undefined : BigInt.asIntN(64, result);
}

function toNumber(value: number | bigint | Double): number {
  return value instanceof Double ? value.value : Number(value);
}

function joinFlags(operator: '|' | '&', a: EnumValue, b: EnumValue): EnumValue {
  if (operator === '&') return new EnumValue(a.typeName, a.value & b.value, []);
  return new EnumValue(a.typeName, a.value | b.value, [[...a.names, ...b.names].join(', ')]);
}
