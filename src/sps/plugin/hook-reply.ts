// eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- a method without `return` is of type void
type Returned<Result> = Result | null | undefined | void;

/** A hook may be async. Nothing, or null, means: no authentication done, no credential found, cookies as they were. */
export type HookReply<Result> = Returned<Result> | Promise<Returned<Result>>;
