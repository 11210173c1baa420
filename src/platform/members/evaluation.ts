import type { Budget } from '../values/budget.ts';
import { ScriptError } from '../values/script-error.ts';
import { Secret } from '../values/secret.ts';
import type { Value } from '../values/value.ts';

/** Where an expression finds its variables. The one who calls it decides what is visible and what may be created. */
export interface Scope {
  /** Undefined when there is no such variable. */
  read: (name: string) => Value | undefined;
  /** Throws a `ScriptError` when there is no such variable. */
  assign: (name: string, value: Value) => void;
  has: (name: string) => boolean;
  /** Where the expression stands, for messages. */
  path?: string | undefined;
  /** Told what the appliance may see in another way: a text taken for a Boolean, and the like. */
  note?: (text: string) => void;
}

/** One expression while it is evaluated. */
export class Evaluation {
  readonly scope: Scope;
  readonly budget: Budget;
  /** What the parameters of lambdas hold now; each has its place in the whole expression. */
  readonly slots: Value[] = [];
  /** Whether something secret was seen on the way to the value that is at hand. */
  isSecret = false;

  constructor(scope: Scope, budget: Budget) {
    this.scope = scope;
    this.budget = budget;
  }

  readonly note = (text: string): void => {
    this.scope.note?.(text);
  };

  /** Looks through a secret, and remembers that it did. */
  take(value: Value): Value {
    if (!(value instanceof Secret)) return value;
    this.isSecret = true;
    return value.value;
  }

  /** What a step gives, as a secret when it is one; what was seen before it stays as it was. */
  keep(compute: (evaluation: Evaluation) => Value): Value {
    const before = this.isSecret;
    this.isSecret = false;
    const value = compute(this);
    const kept = this.wrap(value);
    this.isSecret = before;
    return kept;
  }

  /** The value as a secret, when something secret was seen. */
  wrap(value: Value): Value {
    return this.isSecret ? Secret.of(value) : value;
  }

  /** A text is asked for before it is made, so that none becomes too large. */
  make(length: number): void {
    this.budget.make(length);
  }

  fail(message: string): never {
    throw new ScriptError('EXPRESSION_FAILED', message);
  }
}
