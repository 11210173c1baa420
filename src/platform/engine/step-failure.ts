import type { Value } from '../values/value.ts';
import { type FailureCode, hintOf, isOfHost } from './failure-code.ts';

/** A function that was running, and the step that called it. */
export interface CalledFrom {
  name: string;
  path: string;
  /** Of the step in the script. */
  offset: number;
  library: string | undefined;
}

interface FailureDetails {
  code: FailureCode;
  /** The text that `Exception` has, a secret when it was made of one. */
  text: Value;
  hint?: string | undefined;
  path: string;
  /** Where the step stands in the script. */
  offset: number;
  /** Whether it stands in a library, whose text has no lines in the script. */
  library: string | undefined;
  /** What is being handled by the `Catch` in which it arose. */
  handled: StepFailure | undefined;
}

/** A step failed; on its way outwards each function adds where it was called. */
export class StepFailure extends Error {
  override readonly name = 'StepFailure';
  readonly code: FailureCode;
  readonly text: Value;
  readonly hint: string;
  readonly path: string;
  readonly offset: number;
  readonly library: string | undefined;
  readonly calls: CalledFrom[] = [];
  /** The first error on the way to this one. */
  readonly first: StepFailure | undefined;

  constructor({ code, text, hint, path, offset, library, handled }: FailureDetails) {
    super(`${code} at ${path}`);
    this.code = code;
    this.text = text;
    this.hint = hint ?? hintOf(code);
    this.path = path;
    this.offset = offset;
    this.library = library;
    this.first = handled?.first ?? handled;
  }

  get isOfHost(): boolean {
    return isOfHost(this.code);
  }
}
