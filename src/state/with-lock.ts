import { setTimeout as sleep } from 'node:timers/promises';

const pollMs = 100;

interface LockOptions {
  signal?: AbortSignal | undefined;
  /** Another process holds the lock. */
  onWait: () => void;
}

/** Runs `work` while no other process does so with the same file. The system releases the lock when its holder dies. */
export async function withLock<T>(file: string, { signal, onWait }: LockOptions, work: () => Promise<T>): Promise<T> {
  const { lockFile } = await import('./lock-file.ts'); // SQLite is loaded only where it is needed
  let lock = lockFile(file);
  if (lock === undefined) onWait();
  while (lock === undefined) {
    signal?.throwIfAborted();
    await sleep(pollMs);
    lock = lockFile(file);
  }
  try {
    return await work();
  } finally {
    lock.release();
  }
}
