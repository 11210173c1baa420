const units: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Node's timers hold no more: about 24.8 days. */
const maximumMs = 2 ** 31 - 1;

/**
 * Reads `600s`, `10m`, `1500ms`; a bare number is seconds. Gives milliseconds, or undefined when it is not a duration,
 * not above zero, or above what a timer can hold.
 */
export function parseDuration(text: string): number | undefined {
  const [, number, unit = 's'] = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h)?$/.exec(text.trim()) ?? [];
  const durationMs = Number(number) * (units[unit] ?? NaN);
  return durationMs >= 1 && durationMs <= maximumMs ? Math.round(durationMs) : undefined;
}

/** Like `parseDuration`, also in days (`7d`), as long as wanted, and zero: of what no timer waits for. */
export function parseAge(text: string): number | undefined {
  const [, number, unit = 's'] = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)?$/.exec(text.trim()) ?? [];
  const ageMs = Number(number) * (units[unit] ?? 24 * 3_600_000);
  return Number.isFinite(ageMs) ? Math.round(ageMs) : undefined;
}

/** `41 ms`, `1.2 s`, `300 s`, `10 min`: two or three digits are enough. */
export function renderDuration(durationMs: number): string {
  if (durationMs < 1000) return `${Math.round(durationMs)} ms`;
  const seconds = durationMs / 1000;
  return `${seconds < 10 && !Number.isInteger(seconds) ? seconds.toFixed(1) : Math.round(seconds)} s`;
}
