import { setTimeout as sleep } from 'node:timers/promises';
import type { Awaitable } from './session-state.ts';
import type { WaitOptions } from './stored-sessions.ts';

/** Holds a session as soon as nobody else does. @param hold Undefined while somebody does; asked again every `pollMs` */
export async function waitToHold<T>(
  name: string,
  hold: () => Awaitable<T | undefined>,
  { pollMs, signal, onWait }: WaitOptions & { pollMs: number },
): Promise<T> {
  for (let isFirst = true; ; isFirst = false) {
    const held = await hold();
    if (held !== undefined) return held;
    if (isFirst) onWait?.(name);
    signal?.throwIfAborted();
    await sleep(pollMs);
  }
}
