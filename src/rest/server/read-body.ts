import type { IncomingMessage } from 'node:http';
import { RestFault } from '../rest-fault.ts';

export interface ReadLimits {
  /** A longer body is refused. */
  limitBytes: number;
  /** What is kept of it; the rest is counted only. */
  keptBytes: number;
  idleMs: number;
}

/** The body of a request. @throws RestFault PayloadTooLarge, RequestTimeout; Error when the client has gone */
export function readBody(request: IncomingMessage, { limitBytes, keptBytes, idleMs }: ReadLimits): Promise<Buffer> {
  const tooLarge = new RestFault('PayloadTooLarge', `The body has more than ${limitBytes} bytes`);
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) return Promise.reject(tooLarge);
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const chunks: Buffer[] = [];
  let length = 0;
  let kept = 0;
  const timer = setTimeout(() => {
    reject(new RestFault('RequestTimeout', `Nothing came for ${idleMs / 1000} s`));
  }, idleMs);
  const onData = (chunk: Buffer): void => {
    timer.refresh();
    length += chunk.length;
    if (length > limitBytes) {
      reject(tooLarge);
      return;
    }
    if (kept >= keptBytes) return;
    chunks.push(chunk);
    kept += chunk.length;
  };
  const onEnd = (): void => {
    resolve(Buffer.concat(chunks));
  };
  const onClose = (): void => {
    reject(new Error('the client has gone'));
  };
  request.on('data', onData).once('end', onEnd).once('close', onClose);
  return promise.finally(() => {
    clearTimeout(timer);
    request.off('data', onData).off('end', onEnd).off('close', onClose);
  });
}
