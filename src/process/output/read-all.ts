import type { EventEmitter } from 'node:events';

/** What can be read to its end: a stream, or what comes between the words of a supervisor. */
export type Source = EventEmitter & {
  destroy: () => unknown;
  /** Of what comes between words: no more will come of it. A stream ends by itself. */
  finish?: () => void;
};

/** Reads a stream to its end into a consumer; an error is an end too. */
export function readAll(stream: Source, consumer: { add: (bytes: Buffer) => void }): Promise<undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const end = (): void => {
    stream.destroy(); // when the other side went away in the middle, what has come is what there is
    resolve(undefined);
  };
  // Events and no iterator, which takes longer than all the rest of a small call's reading.
  stream.on('data', (bytes: Buffer) => {
    consumer.add(bytes);
  });
  stream.once('end', end).once('error', end).once('close', end);
  return promise;
}
