/** A place in a file's bytes where they are no text; from 1. */
export interface TextFault {
  line: number;
}

/** The text of UTF-8 bytes, a byte-order mark included; the first line that is none, if there is one. */
export function decodeUtf8(bytes: Uint8Array): string | TextFault {
  return tryDecode(bytes) ?? { line: findFault(bytes) };
}

/** A line feed is never part of another character, so the lines can be tried one by one. */
function findFault(bytes: Uint8Array): number {
  let start = 0;
  for (let line = 1; ; line += 1) {
    const end = bytes.indexOf(0x0a, start);
    if (end === -1) return line;
    if (tryDecode(bytes.subarray(start, end)) === undefined) return line;
    start = end + 1;
  }
}

function tryDecode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
