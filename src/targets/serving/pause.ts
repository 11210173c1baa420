import { setTimeout as wait } from 'node:timers/promises';

/** Waits so long, and no longer than the signal is silent. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms > 0 && !signal.aborted) await wait(ms, undefined, { signal }).catch(() => undefined);
}
