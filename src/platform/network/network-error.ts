/** Why a target was not reached or did not answer. */
export type NetworkErrorCode =
  | 'TARGET_NOT_ALLOWED'
  | 'TARGET_UNREACHABLE'
  | 'TARGET_CLOSED'
  | 'TARGET_TIMEOUT'
  | 'TLS_UNTRUSTED'
  | 'LOGIN_REFUSED'
  | 'HOST_KEY_MISMATCH';

/** The message holds no secret. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';
  readonly code: NetworkErrorCode;
  readonly hint: string | undefined;

  constructor(code: NetworkErrorCode, message: string, { hint, cause }: { hint?: string; cause?: unknown } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.hint = hint;
  }
}
