import type { FailureCode } from './failure-code.ts';

/** What a command throws when it fails; the engine adds the verb and the place. The message may hold values: it is masked before it is shown. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly code: FailureCode;
  readonly hint: string | undefined;

  constructor(code: FailureCode, detail: string, hint?: string) {
    super(detail);
    this.code = code;
    this.hint = hint;
  }
}
