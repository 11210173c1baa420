import path from 'node:path';
import type { JsonObject } from '../../base/json.ts';
import type { CallRecord } from './call-record.ts';
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
  /** Absolute path of the package, where the path of the record is relative. */
  packagePath?: string;
}

interface CalledStep {
  record: Pick<CallRecord, 'plugin'>;
  input: StepInput | null;
}

/** Where the package of a stored step is: as it was given while that leads there from the current folder, else absolute. */
export function packagePathOf({ record, input }: CalledStep): string {
  const { path: given } = record.plugin;
  const recorded = input?.packagePath;
  return recorded === undefined || recorded === path.resolve(given) ? given : recorded;
}
