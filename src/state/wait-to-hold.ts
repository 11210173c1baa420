import { setTimeout as sleep } from 'node:timers/promises';

interface Waiting {
  pollMs: number;
  signal?: AbortSignal | undefined;
  /** Somebody else holds it. */
  onWait?: (name: string) => void;
}

/** Holds something as soon as nobody else does. @param hold Undefined while somebody does; asked again every `pollMs` */
export async function waitToHold<T>(
  name: string,
  hold: () => T | undefined | Promise<T | undefined>,
  { pollMs, signal, onWait }: Waiting,
): Promise<T> {
  for (let isFirst = true; ; isFirst = false) {
    const held = await hold();
    if (held !== undefined) return held;
    if (isFirst) onWait?.(name);
    signal?.throwIfAborted();
    await sleep(pollMs);
  }
}
