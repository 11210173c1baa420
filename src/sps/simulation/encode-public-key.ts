import { createPublicKey, type KeyObject } from 'node:crypto';

/** Base64 of the public key as SSH writes it, undefined when the key cannot be read or is of another type. Source: RFC 4253, 6.6 */
export function encodePublicKey(privateKey: string): string | undefined {
  let key: KeyObject;
  try {
    key = createPublicKey(privateKey);
  } catch {
    return undefined;
  }
  if (key.asymmetricKeyType === 'rsa') {
    const { e = '', n = '' } = key.export({ format: 'jwk' });
    return encodeBlob(
      'ssh-rsa',
      [e, n].map((part) => Buffer.from(part, 'base64url')),
    );
  }
  if (key.asymmetricKeyType !== 'dsa') return undefined;
  return encodeBlob('ssh-dss', readIntegers(key.export({ type: 'spki', format: 'der' })));
}

function encodeBlob(type: string, integers: readonly Buffer[]): string {
  const withSign = integers.map((integer) =>
    (integer[0] ?? 0) > 127 ? Buffer.concat([Buffer.of(0), integer]) : integer,
  );
  return Buffer.concat([Buffer.from(type), ...withSign].map(withLength)).toString('base64');
}

function withLength(part: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(part.length);
  return Buffer.concat([length, part]);
}

/** The integers p, q, g and y of a DSA key, in their order; their wrappers are opened. Source: RFC 3279, 2.3.2 */
function readIntegers(der: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; at < der.length;) {
    const tag = der[at];
    const short = der[at + 1] ?? 0;
    const lengthBytes = short < 128 ? 0 : short - 128;
    const length = lengthBytes === 0 ? short : der.readUIntBE(at + 2, lengthBytes);
    const start = at + 2 + lengthBytes;
    const isWrapper = tag === 0x30 || tag === 0x03;
    if (tag === 0x02) found.push(der.subarray(der[start] === 0 ? start + 1 : start, start + length));
    at = isWrapper ? start + (tag === 0x03 ? 1 : 0) : start + length; // a bit string begins with its count of unused bits
  }
  return found;
}
