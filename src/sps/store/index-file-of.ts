import path from 'node:path';

/**
 * Where an inspector keeps what it has read of all sessions of a state folder, so that it has not to read all again. Goes with each session that
 * is removed, because what is removed is in it.
 */
export function indexFileOf(stateDir: string): string {
  return path.join(stateDir, 'sessions', 'index.json');
}
