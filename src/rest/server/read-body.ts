import type { IncomingMessage } from 'node:http';
import { BodyFault, type BodyLimits, readBody as readWithin } from '../../loopback/read-body.ts';
import { RestFault } from '../rest-fault.ts';

/** The body of a request. @throws RestFault PayloadTooLarge, RequestTimeout; BodyFault when the client has gone */
export async function readBody(request: IncomingMessage, limits: BodyLimits): Promise<Buffer> {
  try {
    return await readWithin(request, limits);
  } catch (error) {
    if (!(error instanceof BodyFault) || error.kind === 'gone') throw error;
    throw error.kind === 'too-large'
      ? new RestFault('PayloadTooLarge', `The body has more than ${limits.limitBytes} bytes`)
      : new RestFault('RequestTimeout', `Nothing came for ${limits.idleMs / 1000} s`);
  }
}
