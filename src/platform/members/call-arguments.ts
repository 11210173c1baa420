import { plainValue } from '../conversion/plain-value.ts';
import { toText } from '../conversion/render-text.ts';
import { toInt32, toStringArgument } from '../conversion/to-int32.ts';
import { EnumValue } from '../values/enum-value.ts';
import { ScriptError } from '../values/script-error.ts';
import { reveal } from '../values/secret.ts';
import type { Value } from '../values/value.ts';
import type { Evaluation } from './evaluation.ts';
import { LambdaValue } from './lambda-value.ts';

/** The arguments of one call, read as the types that the method has. */
export class CallArguments {
  readonly method: string;
  readonly types: readonly string[];
  readonly evaluation: Evaluation;
  /** A secret one is a `Secret`, for a method that stores it. */
  readonly kept: readonly Value[];

  constructor(method: string, kept: readonly Value[], types: readonly string[], evaluation: Evaluation) {
    this.method = method;
    this.kept = kept;
    this.types = types;
    this.evaluation = evaluation;
  }

  get count(): number {
    return this.kept.length;
  }

  /** Throws when a method is called with another number of arguments than it has. */
  require(least: number, most = least): void {
    if (this.count >= least && this.count <= most) return;
    throw new ScriptError('EXPRESSION_FAILED', `No overload for method '${this.method}' takes ${this.count} arguments`);
  }

  /** What is put into a list or an object: a secret stays one, a lambda cannot be kept. */
  stored(index: number): Value {
    const value = this.kept[index] ?? null;
    if (value instanceof LambdaValue) throw new ScriptError('EXPRESSION_FAILED', 'a lambda cannot be stored');
    return value;
  }

  value(index: number): Value {
    return reveal(this.kept[index] ?? null);
  }

  plain(index: number): Value {
    return plainValue(this.kept[index] ?? null);
  }

  /** A text that may be null. */
  textOrNull(index: number): string | null {
    return toStringArgument(this.value(index));
  }

  text(index: number): string {
    const text = this.textOrNull(index);
    if (text !== null) return text;
    throw new ScriptError('EXPRESSION_FAILED', `Value cannot be null: argument ${index + 1} of '${this.method}'`);
  }

  /** Whatever it is, as its text; of null nothing. */
  anyText(index: number): string {
    return toText(this.value(index));
  }

  integer(index: number): number {
    return toInt32(this.value(index));
  }

  lambda(index: number): LambdaValue {
    const value = this.value(index);
    if (value instanceof LambdaValue) return value;
    throw new ScriptError('EXPRESSION_FAILED', `Argument ${index + 1} of '${this.method}' is not a lambda`);
  }

  /** The number of a member of that enumeration, or undefined when the argument is none. */
  flags(index: number, typeName: string): number | undefined {
    const value = this.value(index);
    return value instanceof EnumValue && value.typeName === typeName ? value.value : undefined;
  }
}
