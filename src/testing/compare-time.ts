import type { Mismatch } from './compare-value.ts';

/** One mismatch when something took longer than expected; exactly as long is in time. */
export function compareTime(withinMs: number, durationMs: number, keys: Mismatch['keys']): Mismatch[] {
  if (durationMs <= withinMs) return [];
  const instead = `expected at most ${withinMs} ms, took ${durationMs} ms`;
  return [{ keys, expected: withinMs, got: durationMs, instead }];
}
