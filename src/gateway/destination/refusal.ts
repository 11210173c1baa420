/** Why a login is refused before a hook is called. Source: gateway contract, "The login". */
export type RefusalCode =
  'TARGET_MISSING' | 'TARGET_NOT_ALLOWED' | 'TARGET_UNKNOWN' | 'USER_MISSING' | 'LOGIN_TOO_LONG';

/** A login that no session comes of. The message is for whoever runs the gateway. */
export class Refusal extends Error {
  readonly code: RefusalCode;

  constructor(code: RefusalCode, message: string) {
    super(message);
    this.code = code;
  }

  /** For the client, which need not know what is there. Source: gateway contract, "How it ends". */
  get clientText(): string {
    return this.code === 'TARGET_MISSING' ? 'No target: log in as USER@HOST[:PORT].' : 'This target is not allowed.';
  }
}
