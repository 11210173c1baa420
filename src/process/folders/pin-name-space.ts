import { closeSync, fstatSync, openSync } from 'node:fs';

export interface PinnedSpace {
  /** As the system writes it: `uts:[4026532180]`. */
  name: string;
  release: () => void;
}

/**
 * Holds the name space that a supervisor gave to everything below it, so that no other one gets its name while we use the name.
 * @param space as the supervisor told it; empty: it has none of its own
 */
export function pinNameSpace(pid: number | undefined, space: string): PinnedSpace | undefined {
  if (pid === undefined || space === '') return undefined;
  try {
    const descriptor = openSync(`/proc/${pid}/ns/uts`, 'r');
    const release = (): void => {
      closeSync(descriptor);
    };
    if (`uts:[${fstatSync(descriptor).ino}]` === space) return { name: space, release };
    release();
    return undefined;
  } catch {
    return undefined; // it has ended meanwhile
  }
}
