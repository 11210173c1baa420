import { isUtf8 } from 'node:buffer';
import type { Encoding } from './kv-message.ts';

export interface DecodedText {
  /** The text up to the first bytes that are not valid in the encoding, without the byte-order mark. */
  text: string;
  encoding: Encoding;
  /** Bytes of the mark; 0 without one. */
  bomBytes: number;
  /** Whether bytes follow that cannot be decoded. */
  isDamaged: boolean;
}

/** UTF-32 first: its little-endian mark begins with the one of UTF-16. */
const marks: [Encoding, number[]][] = [
  ['utf-32le', [0xff, 0xfe, 0, 0]],
  ['utf-32be', [0, 0, 0xfe, 0xff]],
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** The encoding of the byte-order mark at the start. */
export function findMark(bytes: Uint8Array): { encoding: Encoding; length: number } | undefined {
  const found = marks.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte));
  return found && { encoding: found[0], length: found[1].length };
}

/** Whether more bytes could turn these into a byte-order mark, or into another one. */
export function mayBecomeMark(bytes: Uint8Array): boolean {
  return marks.some(([, mark]) => bytes.length < mark.length && bytes.every((byte, index) => byte === mark[index]));
}

export function decodeText(bytes: Uint8Array, fallback: Encoding): DecodedText {
  const mark = findMark(bytes);
  const encoding = mark?.encoding ?? fallback;
  const bomBytes = mark?.length ?? 0;
  return { ...decodeBytes(bytes.subarray(bomBytes), encoding), encoding, bomBytes };
}

/** @param bytes Without a byte-order mark. */
export function decodeBytes(bytes: Uint8Array, encoding: Encoding): { text: string; isDamaged: boolean } {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (encoding) {
    case 'utf-8': {
      const end = isUtf8(buffer) ? buffer.length : findInvalidUtf8(buffer);
      return { text: buffer.toString('utf8', 0, end), isDamaged: end < buffer.length };
    }
    case 'cp1252': {
      const bad = buffer.findIndex((byte) => undefinedInCp1252.has(byte));
      const end = bad < 0 ? buffer.length : bad;
      return { text: new TextDecoder('windows-1252').decode(buffer.subarray(0, end)), isDamaged: end < buffer.length };
    }
    case 'utf-16le':
    case 'utf-16be': {
      const even = buffer.subarray(0, buffer.length - (buffer.length % 2));
      return cutAtLoneSurrogate(
        (encoding === 'utf-16le' ? even : Buffer.from(even).swap16()).toString('utf16le'),
        even.length < buffer.length,
      );
    }
    case 'utf-32le':
    case 'utf-32be':
      return decodeUtf32(buffer, encoding === 'utf-32le');
  }
}

/** The code page does not define these, and Python refuses them. */
const undefinedInCp1252 = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

function cutAtLoneSurrogate(text: string, isOdd: boolean): { text: string; isDamaged: boolean } {
  if (text.isWellFormed()) return { text, isDamaged: isOdd };
  const at = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.exec(text)?.index ?? 0;
  return { text: text.slice(0, at), isDamaged: true };
}

function decodeUtf32(buffer: Buffer, isLittle: boolean): { text: string; isDamaged: boolean } {
  const parts: string[] = [];
  let at = 0;
  for (; at + 4 <= buffer.length; at += 4) {
    const code = isLittle ? buffer.readUInt32LE(at) : buffer.readUInt32BE(at);
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) break;
    parts.push(String.fromCodePoint(code));
  }
  return { text: parts.join(''), isDamaged: at < buffer.length };
}

/** Index of the first byte that does not begin a complete character. */
function findInvalidUtf8(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const length = lengthOfUtf8(bytes, at);
    if (length === 0) return at;
    at += length;
  }
  return at;
}

/** Length in bytes of the character that begins here; 0 when none does. Source: Unicode, table of well-formed UTF-8. */
function lengthOfUtf8(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  const lowest: Partial<Record<number, number>> = { 0xe0: 0xa0, 0xf0: 0x90 };
  const highest: Partial<Record<number, number>> = { 0xed: 0x9f, 0xf4: 0x8f };
  for (let each = 1; each < length; each += 1) {
    const byte = bytes[at + each] ?? 0;
    const low = each === 1 ? (lowest[first] ?? 0x80) : 0x80;
    const high = each === 1 ? (highest[first] ?? 0xbf) : 0xbf;
    if (byte < low || byte > high) return 0;
  }
  return length;
}

/** The bytes of a text. @throws RangeError for a character that cp1252 does not have. */
export function encodeText(text: string, encoding: Encoding, hasMark: boolean): Uint8Array {
  const whole = hasMark ? `\ufeff${text}` : text;
  switch (encoding) {
    case 'utf-8':
      return Buffer.from(whole, 'utf8');
    case 'utf-16le':
      return Buffer.from(whole, 'utf16le');
    case 'utf-16be':
      return Buffer.from(whole, 'utf16le').swap16();
    case 'cp1252':
      return Buffer.from(Array.from(text, byteOfCp1252));
    case 'utf-32le':
    case 'utf-32be': {
      const codes = Array.from(whole, (each) => each.codePointAt(0) ?? 0);
      const bytes = Buffer.alloc(codes.length * 4);
      for (const [index, code] of codes.entries()) {
        if (encoding === 'utf-32le') bytes.writeUInt32LE(code, index * 4);
        else bytes.writeUInt32BE(code, index * 4);
      }
      return bytes;
    }
  }
}

const cp1252 = Array.from({ length: 256 }, (_, byte) => byte);
const cp1252Bytes = new Map(
  cp1252
    .filter((byte) => !undefinedInCp1252.has(byte))
    .map((byte) => [new TextDecoder('windows-1252').decode(Uint8Array.of(byte)), byte]),
);

function byteOfCp1252(character: string): number {
  const byte = cp1252Bytes.get(character);
  if (byte === undefined) throw new RangeError(`cp1252 has no ${character}`);
  return byte;
}
