import { TextFault as Fault, decodeText } from '../../documents/decode-text.ts';

/** A place in a file where its bytes are not text; from 1. */
export interface TextFault {
  line: number;
}

/** The text of UTF-8 bytes, with a byte-order mark if they have one; or the first line that is not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | TextFault {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  try {
    return (hasMark ? '\uFEFF' : '') + decodeText(bytes);
  } catch (error) {
    if (error instanceof Fault) return { line: error.line };
    throw error;
  }
}
