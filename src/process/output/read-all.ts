import type { EventEmitter } from 'node:events';

/** What can be read to its end: a stream, or what comes between the words of a supervisor. */
export type Source = EventEmitter & {
  destroy: () => unknown;
  /** For data between messages: no more will come. A stream ends by itself. */
  finish?: () => void;
};

/** Reads a stream to its end into a consumer; an error is an end too. */
export function readAll(stream: Source, consumer: { add: (bytes: Buffer) => void }): Promise<undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const end = (): void => {
    stream.destroy(); // if the other side ended in the middle, there is nothing more
    resolve(undefined);
  };
  // Events instead of an iterator, which takes longer than everything else about reading a small call.
  stream.on('data', (bytes: Buffer) => {
    consumer.add(bytes);
  });
  stream.once('end', end).once('error', end).once('close', end);
  return promise;
}
