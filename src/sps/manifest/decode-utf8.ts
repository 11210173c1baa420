import { TextFault as Fault, decodeText } from '../../documents/decode-text.ts';

/** A place in a file's bytes where they are no text; from 1. */
export interface TextFault {
  line: number;
}

/** The text of UTF-8 bytes, a byte-order mark included; the first line that is none, if there is one. */
export function decodeUtf8(bytes: Uint8Array): string | TextFault {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  try {
    return (hasMark ? '\uFEFF' : '') + decodeText(bytes);
  } catch (error) {
    if (error instanceof Fault) return { line: error.line };
    throw error;
  }
}
