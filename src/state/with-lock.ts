import { closeSync, openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const busy = 5;
const pollMs = 100;

interface LockOptions {
  signal?: AbortSignal | undefined;
  /** Another process holds the lock. */
  onWait: () => void;
}

/** Runs `work` while no other process does so with the same file. The system releases the lock when its holder dies. */
export async function withLock<T>(file: string, { signal, onWait }: LockOptions, work: () => Promise<T>): Promise<T> {
  const { DatabaseSync } = await import('node:sqlite'); // only where it is needed
  closeSync(openSync(file, 'a', 0o600));
  const database = new DatabaseSync(file, { timeout: 0 });
  const acquire = (): boolean => {
    try {
      database.exec('BEGIN EXCLUSIVE');
      return true;
    } catch (error) {
      if ((error as { errcode?: number }).errcode === busy) return false;
      throw error;
    }
  };
  try {
    for (let isFirst = true; !acquire(); isFirst = false) {
      if (isFirst) onWait();
      signal?.throwIfAborted();
      await sleep(pollMs);
    }
    return await work();
  } finally {
    database.close();
  }
}
