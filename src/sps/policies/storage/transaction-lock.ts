import path from 'node:path';
import { type FileLock, isLocked, lockFile } from '../../../state/lock-file.ts';
import { policyFileOf } from './policy-store.ts';

function fileOf(stateDir: string): string {
  return path.join(path.dirname(policyFileOf(stateDir)), 'transaction.lock');
}

/** Whether a server of the `classic` profile has an open transaction. The lock ends with its process. */
export function isTransactionOpen(stateDir: string): boolean {
  return isLocked(fileOf(stateDir));
}

/** Shows other processes that a transaction is open. */
export class TransactionLock {
  readonly #file: string;
  #lock: FileLock | undefined;

  constructor(stateDir: string) {
    this.#file = fileOf(stateDir);
  }

  set(isOpen: boolean): void {
    if (isOpen) this.#lock ??= lockFile(this.#file);
    else this.release();
  }

  release(): void {
    this.#lock?.release();
    this.#lock = undefined;
  }
}
