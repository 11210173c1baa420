/** Tags of ASN.1, as far as certificates need them. Source: ITU-T X.690. */
export const tags = {
  boolean: 1,
  integer: 2,
  bitString: 3,
  octetString: 4,
  objectId: 6,
  text: 12,
  shortTime: 23,
  time: 24,
  sequence: 48,
  set: 49,
} as const;

/** One value of ASN.1 in its distinguished encoding. */
export function encodeDer(tag: number, ...parts: (Uint8Array | string)[]): Buffer {
  const content = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
  return Buffer.concat([Buffer.from([tag]), encodeLength(content.length), content]);
}

export function sequence(...parts: Uint8Array[]): Buffer {
  return encodeDer(tags.sequence, ...parts);
}

/** @param dotted `2.5.29.17` */
export function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return encodeDer(tags.objectId, Buffer.from([first * 40 + second, ...rest.flatMap(encodeBase128)]));
}

/** Years before 2050 have two digits, as RFC 5280 demands. */
export function time(date: Date): Buffer {
  const text = date.toISOString().replace(/[-:T]|\.\d+/g, '');
  return date.getUTCFullYear() < 2050 ? encodeDer(tags.shortTime, text.slice(2)) : encodeDer(tags.time, text);
}

function encodeLength(length: number): Buffer {
  if (length < 128) return Buffer.from([length]);
  const bytes = length < 256 ? [length] : [length >> 8, length & 255];
  return Buffer.from([128 + bytes.length, ...bytes]);
}

function encodeBase128(value: number): number[] {
  const low = value & 127;
  const high = value >> 7;
  return high === 0 ? [low] : [...encodeBase128(high).map((byte) => byte | 128), low];
}
