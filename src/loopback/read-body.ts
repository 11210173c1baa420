import type { IncomingMessage } from 'node:http';

export interface BodyLimits {
  /** A longer one is refused, by its `Content-Length` before it is read. */
  limitBytes: number;
  /** What is kept of it; the rest is counted only. Default: all of it. */
  keptBytes?: number;
  /** How long nothing may come. */
  idleMs: number;
}

/** Why a body was not read. */
export class BodyFault extends Error {
  readonly kind: 'too-large' | 'too-slow' | 'gone';

  constructor(kind: BodyFault['kind']) {
    super(`the body is ${kind}`);
    this.kind = kind;
  }
}

/** The body of a request. @throws BodyFault */
export async function readBody(
  request: IncomingMessage,
  { limitBytes, keptBytes = limitBytes, idleMs }: BodyLimits,
): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) throw new BodyFault('too-large');
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const chunks: Buffer[] = [];
  let length = 0;
  let kept = 0;
  const timer = setTimeout(() => {
    reject(new BodyFault('too-slow'));
  }, idleMs);
  const onData = (chunk: Buffer): void => {
    timer.refresh();
    length += chunk.length;
    if (length > limitBytes) reject(new BodyFault('too-large'));
    else if (kept < keptBytes) {
      chunks.push(chunk);
      kept += chunk.length;
    }
  };
  const onEnd = (): void => {
    resolve(Buffer.concat(chunks));
  };
  const onClose = (): void => {
    reject(new BodyFault('gone'));
  };
  request.on('data', onData).once('end', onEnd).once('close', onClose);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    request.off('data', onData).off('end', onEnd).off('close', onClose);
  }
}
