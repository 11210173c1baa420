import type { Difference } from './find-differences.ts';
import { renderRequest } from './render-request.ts';
import type { RequestRecord } from './request-record.ts';
import type { Show } from './telling.ts';

/** A request that differs as a whole is told in one line: with all its headers nobody would find what it is. */
export function withRequest<D extends Difference>(
  difference: D,
  requests: readonly RequestRecord[],
  show: Show,
): D & { instead?: string } {
  const { keys, expected } = difference;
  const [part, index, ...rest] = keys;
  if (part !== 'requests' || typeof index !== 'number' || rest.length > 0) return difference;
  const request = requests[index];
  const wanted = expected === undefined ? 'nothing' : JSON.stringify(expected);
  return { ...difference, instead: `expected ${wanted}, got ${request ? renderRequest(request, show) : 'nothing'}` };
}
