/** Times up to here are drawn as nearly nothing. */
const unitMs = 10;

/**
 * Where a time stands on a bar whose end is the time that was allowed, from 0 to 1: on a logarithmic scale, so that 15 ms and 300 s can both be
 * read.
 */
export function scaleTime(timeMs: number, allowedMs: number): number {
  const whole = Math.log1p(allowedMs / unitMs);
  if (whole <= 0) return 1;
  return Math.min(1, Math.max(0, Math.log1p(Math.max(0, timeMs) / unitMs) / whole));
}

/** A time that is worth a mark on such a bar. */
export interface Mark {
  timeMs: number;
  /** From 0 to 1. */
  at: number;
}

/** The marks of a bar, apart from its ends. */
export function marksOf(allowedMs: number): Mark[] {
  const times = [100, 1000, 10_000, 60_000].filter((each) => each < allowedMs / 2);
  return times.map((timeMs) => ({ timeMs, at: scaleTime(timeMs, allowedMs) }));
}
