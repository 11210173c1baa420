import { ScriptError } from '../../values/script-error.ts';

/** A text that is no pattern of .NET. `offset` stays that of the expression, if the pattern is in one. */
export class PatternError extends ScriptError {
  override readonly name = 'PatternError';
  /** Where, in the pattern. */
  readonly patternOffset: number;

  constructor(message: string, offset: number) {
    super('EXPRESSION_FAILED', `Invalid pattern at offset ${offset}. ${message}`);
    this.patternOffset = offset;
  }
}
