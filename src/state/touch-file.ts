import { closeSync, constants, fstatSync, lstatSync, openSync } from 'node:fs';

const { O_CREAT, O_EXCL, O_RDWR } = constants;

/**
 * Makes a file when it is new, only for its owner, and returns the number that identifies it. An existing file is not
 * opened: closing it would drop the locks that this process has on it, by the rules of POSIX.
 */
export function touchFile(file: string): number {
  for (;;) {
    const inode = makeFile(file) ?? lstatSync(file, { throwIfNoEntry: false })?.ino;
    if (inode !== undefined) return inode; // otherwise it was removed in between
  }
}

/** Undefined when it exists. */
function makeFile(file: string): number | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(file, O_CREAT | O_EXCL | O_RDWR, 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined;
    throw error;
  }
  try {
    return fstatSync(descriptor).ino;
  } finally {
    closeSync(descriptor);
  }
}
