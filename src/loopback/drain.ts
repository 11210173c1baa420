import type { IncomingMessage } from 'node:http';

/** A client that sends too much can still read the answer that says so. */
const drainMs = 2000;

/** Reads away what still comes, for a while. */
export function drain(request: IncomingMessage): void {
  const timer = setTimeout(() => request.socket.destroy(), drainMs);
  request.once('close', () => {
    clearTimeout(timer);
  });
  request.resume();
}
