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
  return withRecord(difference, 'requests', requests, (each) => renderRequest(each, show));
}

/** The same for the records of any part. @param part First of the keys that lead to them */
export function withRecord<D extends Difference, R>(
  difference: D,
  part: string,
  records: readonly R[],
  render: (record: R) => string,
): D & { instead?: string } {
  const { keys, expected } = difference;
  const [first, index, ...rest] = keys;
  if (first !== part || typeof index !== 'number' || rest.length > 0) return difference;
  const record = records[index];
  const wanted = expected === undefined ? 'nothing' : JSON.stringify(expected);
  return { ...difference, instead: `expected ${wanted}, got ${record === undefined ? 'nothing' : render(record)}` };
}
