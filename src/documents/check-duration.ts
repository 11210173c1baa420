import { parseDuration } from '../base/parse-duration.ts';
import type { ValueFault } from '../base/problem.ts';
import { renderKeys } from './render-keys.ts';

/** A time that no timer keeps: zero, less than a millisecond, more than 24 days. */
export function checkDuration(keys: ValueFault['keys'], duration: string | number | null | undefined): ValueFault[] {
  if (duration === undefined || duration === null || parseDuration(String(duration)) !== undefined) return [];
  return [{ keys, message: `${renderKeys(keys)}: ${duration} is no duration from 1 ms to 24 days` }];
}
