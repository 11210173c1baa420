/**
 * Why an expression, a pattern or a conversion failed. The last two are limits of the host, which a script cannot catch.
 * Source: the contract of `plugin-host platform`, section 5.
 */
export type ScriptErrorCode =
  | 'EXPRESSION_FAILED'
  | 'VARIABLE_NULL'
  | 'VARIABLE_MISSING'
  | 'NOT_EMULATED'
  | 'BUDGET_EXCEEDED'
  | 'EXPRESSION_REFUSED';

/** A failure of what a script asked for. The message never holds a value of the script, which could be a secret. */
export class ScriptError extends Error {
  override readonly name: string = 'ScriptError';
  readonly code: ScriptErrorCode;
  /** Where in the text of the expression, from 0, as soon as that is known. */
  offset: number | undefined;

  constructor(code: ScriptErrorCode, message: string) {
    super(message);
    this.code = code;
  }

  /** Whether a `Try` of the script may catch it. */
  get isOfHost(): boolean {
    return this.code === 'BUDGET_EXCEEDED' || this.code === 'EXPRESSION_REFUSED';
  }
}
