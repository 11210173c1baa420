import { readFileSync } from 'node:fs';

/** Where bytes are not text, and why; the message does not contain the place. */
export class TextFault extends Error {
  /** From 1. */
  readonly line: number;
  /** From 1, in characters. */
  readonly column: number;

  constructor(message: string, line: number, column: number) {
    super(message);
    this.line = line;
    this.column = column;
  }

  /** With its place. */
  in(name: string): string {
    return `${name}:${this.line}:${this.column}: ${this.message}`;
  }
}

/**
 * The text of a file that a user wrote, without the byte-order mark that some editors put in front. A byte that is not UTF-8 is never replaced: the
 * text would change, and nobody would know. @throws TextFault
 */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw findFault(bytes);
  }
}

/** @throws TextFault, and the system's error for a file that cannot be read */
export function readTextOf(file: string): string {
  return decodeText(readFileSync(file));
}

/** The text of a file, or why there is none. */
export function tryReadText(file: string, name: string): { text: string } | { fault: string } {
  try {
    return { text: readTextOf(file) };
  } catch (error) {
    return { fault: error instanceof TextFault ? error.in(name) : (error as Error).message };
  }
}

/** Marks of UTF-16 and UTF-32 at the start of a file. */
const otherMarks: [string, string][] = [
  ['fffe0000', 'UTF-32'],
  ['0000feff', 'UTF-32'],
  ['fffe', 'UTF-16'],
  ['feff', 'UTF-16'],
];

function findFault(bytes: Uint8Array): TextFault {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = buffer.toString('hex', 0, 4);
  const other = otherMarks.find(([mark]) => start.startsWith(mark))?.[1];
  if (other !== undefined) return new TextFault(`this is ${other}; save it as UTF-8`, 1, 1);
  // Bytes that are not UTF-8 change when they are written back; a replacement character in the text stays as it was.
  const again = Buffer.from(buffer.toString('utf8'));
  const at = buffer.findIndex((byte, index) => byte !== again[index]);
  const lineStart = buffer.lastIndexOf(0x0a, at - 1) + 1;
  const before = buffer.subarray(0, lineStart);
  const line = before.reduce((count, byte) => (byte === 0x0a ? count + 1 : count), 1);
  const column = Array.from(buffer.toString('utf8', lineStart, at)).length + 1;
  const shown = `0x${(buffer[at] ?? 0).toString(16).padStart(2, '0')}`;
  return new TextFault(`the byte ${shown} is not UTF-8; save it as UTF-8`, line, column);
}
