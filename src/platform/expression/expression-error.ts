import { ScriptError } from '../values/script-error.ts';

/** A text that is no expression. `offset` is where, in the text as it was given. */
export class ExpressionError extends ScriptError {
  override readonly name = 'ExpressionError';
  override readonly offset: number;

  constructor(message: string, offset: number) {
    super('EXPRESSION_FAILED', `${message}, at offset ${offset}`);
    this.offset = offset;
  }
}
