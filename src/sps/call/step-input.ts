import type { JsonObject } from '../../base/json.ts';
import type { Cookies } from './cookies.ts';

/** What a call was given, so that it can be made again; unmasked. */
export interface StepInput {
  /** Every argument of the hook and what was added, also those that the plugin did not declare; without the cookies. */
  kwargs: JsonObject;
  /** As JSON texts, with every number and the order of keys as they were. */
  cookies: Cookies;
  /** Null when none was configured. */
  configuration: string | null;
  python: string;
  /** Of the emulated release. */
  api: string;
  spsVersion: string;
}
