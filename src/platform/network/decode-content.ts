import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import { NetworkError } from './network-error.ts';

/** What a server packed. @param limit In bytes, of what it becomes */
export async function decodeContent(body: Buffer, encoding: string | undefined, limit: number): Promise<Buffer> {
  const options = { maxOutputLength: limit };
  if (body.length === 0) return body;
  try {
    switch (encoding?.trim().toLowerCase()) {
      case 'gzip':
      case 'x-gzip':
        return await promisify(gunzip)(body, options);
      case 'br':
        return await promisify(brotliDecompress)(body, options);
      case 'deflate':
        return await promisify(isZlib(body) ? inflate : inflateRaw)(body, options);
      default:
        return body;
    }
  } catch (cause) {
    throw new NetworkError('TARGET_CLOSED', `the answer could not be unpacked: ${(cause as Error).message}`, { cause });
  }
}

/** Some servers send the stream without its header. */
function isZlib(body: Buffer): boolean {
  return ((body[0] ?? 0) & 0x0f) === 8 && (((body[0] ?? 0) << 8) | (body[1] ?? 0)) % 31 === 0;
}
