import { ScriptObject } from '../values/script-object.ts';
import type { Value } from '../values/value.ts';

/** `x => …` as an argument. */
export class LambdaValue extends ScriptObject {
  readonly typeName = 'Func`2';
  readonly parameterCount: number;
  /** Gives a secret as a `Secret`. */
  readonly call: (...values: Value[]) => Value;

  constructor(parameterCount: number, call: (...values: Value[]) => Value) {
    super();
    this.parameterCount = parameterCount;
    this.call = call;
  }
}
