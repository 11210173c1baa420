import type { ServerResponse } from 'node:http';
import type { EventLog } from '../sessions/event-log.ts';

/** Source: inspector contract, events. */
const commentMs = 15_000;
const atOnce = 100;

/**
 * Writes events as they come, as fast as the reader takes them: nothing is kept for one that does not read, and one that lags too far is cut
 * off. Returns once the connection is closed.
 * @param lastId The last event that the reader has had
 */
export async function streamEvents(
  log: EventLog,
  response: ServerResponse,
  { lastId, signal }: { lastId: string | undefined; signal: AbortSignal },
): Promise<void> {
  const { promise: closed, resolve } = Promise.withResolvers<undefined>();
  let cursor = log.last;
  let isWaiting = false;
  const isLost = (): boolean => log.after(cursor, 0) === undefined;
  let stopWaiting: (() => void) | undefined;

  const write = (text: string): void => {
    isWaiting = !response.write(text);
  };
  const pump = (): void => {
    if (isLost()) {
      response.destroy(); // it reads everything again when it comes back
      return;
    }
    while (!isWaiting) {
      const events = log.after(cursor, atOnce) ?? [];
      if (events.length === 0) break;
      cursor = events.at(-1)?.number ?? cursor;
      write(
        events
          .map(({ number, type, data }) => `id: ${log.idOf(number)}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`)
          .join(''),
      );
    }
    stopWaiting = log.onNext(pump);
  };
  const known = lastId === undefined ? cursor : log.numberOf(lastId);
  write(': events\n\n');
  if (known === undefined || log.after(known, 0) === undefined) {
    write(`id: ${log.idOf(cursor)}\nevent: reset\ndata: {}\n\n`);
  } else cursor = known;
  response.on('drain', () => {
    isWaiting = false;
    stopWaiting?.();
    pump();
  });
  response.on('close', () => {
    resolve(undefined);
  });
  response.on('error', () => undefined); // the reader has gone
  const timer = setInterval(() => {
    if (!isWaiting) write(': still here\n\n');
  }, commentMs);
  const stop = (): void => {
    response.end();
    response.destroy();
  };
  signal.addEventListener('abort', stop, { once: true });
  pump();
  await closed;
  signal.removeEventListener('abort', stop);
  clearInterval(timer);
  stopWaiting?.();
}
