const shortestMs = 1000;

/** A delay that is worth repeating, such as `1.5s`; undefined of a shorter one. */
export function renderDelay(ms: number): string | undefined {
  return ms > shortestMs ? `${Math.round(ms / 100) / 10}s` : undefined;
}
