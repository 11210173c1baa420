import { commonCodes } from './common-codes.ts';
import type { ErrorTraits } from './error-traits.ts';
import { kvgroupCodes } from './kvgroup-codes.ts';
import { platformCodes } from './platform-codes.ts';
import { spsCodes } from './sps-codes.ts';

type Tables = typeof commonCodes | typeof spsCodes | typeof kvgroupCodes | typeof platformCodes;

type KeyOf<T> = T extends unknown ? keyof T : never;

/** Reported as a problem, and thrown where it stops everything. */
export type RefusalCode = KeyOf<Tables['refusals']>;

/** What a `PluginHostError` may have. */
export type ErrorCode = KeyOf<Tables['errors']> | RefusalCode;

/** What a `Problem` may have. */
export type ProblemCode = Tables['problems'][number] | RefusalCode;

/** Every public code, of errors and of problems alike. */
export type Code = ErrorCode | ProblemCode;

/** Of each code that can be thrown. */
export const errorTraits: Record<ErrorCode, ErrorTraits> = {
  ...commonCodes.errors,
  ...commonCodes.refusals,
  ...spsCodes.errors,
  ...spsCodes.refusals,
  ...kvgroupCodes.errors,
  ...kvgroupCodes.refusals,
  ...platformCodes.errors,
  ...platformCodes.refusals,
};
