import type { Question } from '../outcome/read-verdict.ts';

/** What is known of the login for which a password is wanted; undefined when the session does not say. */
export interface PasswordRequest {
  user: string | undefined;
  /** The target's name, else its address. */
  host: string | undefined;
}

/**
 * Who logs in: the answers of a scenario, somebody at a terminal, the client of a gateway. An answer is undefined when nobody can give
 * it, and null when the user leaves instead.
 */
export interface User {
  /** Answers a plugin's question. */
  answer: (question: Question) => Promise<string | undefined | null>;
  /** Keys of written answers that no question had yet, one of which may be mistyped. */
  unasked?: () => string[];
  /** Types the password of the target, when no credential of the store was taken. */
  typePassword: (request: PasswordRequest) => Promise<string | undefined | null>;
}
