import { parseDuration } from '../../base/parse-duration.ts';

/** Milliseconds; 0 when none is given. Undefined when it is no duration. */
export function durationMs(duration: string | number | undefined): number | undefined {
  const text = String(duration ?? 0).trim();
  return /^0+(?:\.0+)?\s*(?:ms|s|m|h)?$/.test(text) ? 0 : parseDuration(text);
}
