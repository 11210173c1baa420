import { Writable } from 'node:stream';
import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { streamEvents } from '../../../../src/inspector/serving/stream-events.ts';
import { EventLog } from '../../../../src/inspector/sessions/event-log.ts';

/** A connection that takes nothing more once it is full, as that of a reader that never reads. */
function fullConnection(): Writable {
  return new Writable({ highWaterMark: 1, write: () => undefined });
}

test('a reader that lags 10,000 events is cut off, and not before', async () => {
  const log = new EventLog();
  const connection = fullConnection();
  const never = new AbortController().signal;
  const streaming = streamEvents(log, connection as unknown as ServerResponse, { lastId: undefined, signal: never });
  for (let n = 1; n <= 10_000; n += 1) log.add('removed', { session: 'x' });
  expect(connection.destroyed).toBe(false);
  log.add('removed', { session: 'x' });
  expect(connection.destroyed).toBe(true);
  await streaming;
});

test('an open stream ends with the server', async () => {
  const closing = new AbortController();
  const connection = fullConnection();
  const options = { lastId: undefined, signal: closing.signal };
  const streaming = streamEvents(new EventLog(), connection as unknown as ServerResponse, options);
  closing.abort();
  await streaming;
  expect(connection.destroyed).toBe(true);
});
