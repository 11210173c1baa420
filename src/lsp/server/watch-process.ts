import { isAlive } from '../../process/folders/is-alive.ts';

const everyMs = 2000;

/** Tells when a process of this machine is gone: an editor that was killed may leave its pipes open in others. @returns What ends it */
export function watchProcess(pid: number, onGone: () => void): () => void {
  const timer = setInterval(() => {
    if (isAlive(pid)) return;
    clearInterval(timer);
    onGone();
  }, everyMs);
  return () => {
    clearInterval(timer);
  };
}
