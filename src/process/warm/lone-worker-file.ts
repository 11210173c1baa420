import { fileURLToPath } from 'node:url';

/** A program of its own: `lone-worker.py PROGRAM NAMES WORD...` runs a forkable program without a server. */
export const loneWorkerFile = fileURLToPath(new URL('lone-worker.py', import.meta.url));
