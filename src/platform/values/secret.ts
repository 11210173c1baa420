import { ScriptObject } from './script-object.ts';
import type { Value } from './value.ts';

/**
 * A value that nobody may see. It stands where the value would: in a variable, a member, a list. Expressions look through it,
 * and what they make of it is a `Secret` again, unless it is a Boolean or null. Source: specification b.6.
 */
export class Secret extends ScriptObject {
  readonly typeName = 'Secret';
  readonly value: Value;

  private constructor(value: Value) {
    super();
    this.value = value;
  }

  /** Of null and Booleans there is nothing to hide. */
  static of(value: Value): Value {
    if (value === null || typeof value === 'boolean' || value instanceof Secret) return value;
    return new Secret(value);
  }
}

/** The value itself, whether secret or not. */
export function reveal(value: Value): Value {
  return value instanceof Secret ? value.value : value;
}
