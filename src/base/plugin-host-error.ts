import { type ErrorCode, errorTraits } from './code.ts';
import { type ErrorTraits, type Fault, traitsByFault } from './error-traits.ts';
import type { Problem } from './problem.ts';

interface ErrorDetails {
  /** What to do about it; one sentence. */
  hint: string;
  /** All problems, when the message names several. */
  problems?: readonly Problem[];
  /** Who caused it, where the code alone does not say so. */
  fault?: Fault;
  cause?: unknown;
}

/**
 * What went wrong before a call could be made, or with the host itself. A plugin's own failure is an `Outcome`, not an error.
 * The message says where and what is wrong, and what was expected; it never contains a password, key or cookie value.
 */
export class PluginHostError extends Error {
  override readonly name = 'PluginHostError';
  readonly code: ErrorCode;
  readonly hint: string;
  readonly problems: readonly Problem[] | undefined;
  readonly #traits: ErrorTraits;

  constructor(code: ErrorCode, message: string, { hint, problems, fault, cause }: ErrorDetails) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.hint = hint;
    this.problems = problems;
    this.#traits = fault === undefined ? errorTraits[code] : traitsByFault[fault];
  }

  /** Of the command line: 1 the plugin caused it, 2 the caller, 3 the host, 130 the user. */
  get exitCode(): number {
    return this.#traits.exitCode;
  }

  /** For an API that answers with this error. */
  get httpStatus(): number {
    return this.#traits.httpStatus;
  }
}
