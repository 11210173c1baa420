import { decodeBytes, findMark, mayBecomeMark } from '../format/decode-text.ts';
import type { Encoding } from '../format/kv-message.ts';

/** Decodes bytes as they come, however they are cut. */
export class StreamDecoder {
  /** Known once the first bytes are. */
  encoding: Encoding;
  bomBytes = 0;
  /** Whether bytes came that are not valid in the encoding; what follows them is not read. */
  isDamaged = false;
  #isBegun = false;
  #rest: Uint8Array = new Uint8Array();

  constructor(fallback: Encoding) {
    this.encoding = fallback;
  }

  push(bytes: Uint8Array): string {
    const all = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    if (!this.#isBegun && mayBecomeMark(all)) {
      this.#rest = Uint8Array.from(all);
      return '';
    }
    return this.#decode(all, false);
  }

  /** What is left at the end of the stream. */
  finish(): string {
    return this.#decode(this.#rest, true);
  }

  #decode(bytes: Uint8Array, isEnd: boolean): string {
    let all = bytes;
    if (!this.#isBegun) {
      const mark = findMark(bytes);
      this.#isBegun = true;
      this.encoding = mark?.encoding ?? this.encoding;
      this.bomBytes = mark?.length ?? 0;
      all = bytes.subarray(this.bomBytes);
    }
    const end = isEnd ? all.length : wholeLength(all, this.encoding);
    this.#rest = Uint8Array.from(all.subarray(end)); // a copy: the caller may use its bytes again
    const { text, isDamaged } = decodeBytes(all.subarray(0, end), this.encoding);
    this.isDamaged = isDamaged;
    return text;
  }
}

/** Bytes up to a character that may be cut. */
function wholeLength(bytes: Uint8Array, encoding: Encoding): number {
  switch (encoding) {
    case 'cp1252':
      return bytes.length;
    case 'utf-8':
      return wholeUtf8(bytes);
    case 'utf-16le':
    case 'utf-16be': {
      const even = bytes.length - (bytes.length % 2);
      const high = bytes[encoding === 'utf-16le' ? even - 1 : even - 2] ?? 0;
      return high >= 0xd8 && high < 0xdc ? even - 2 : even;
    }
    case 'utf-32le':
    case 'utf-32be':
      return bytes.length - (bytes.length % 4);
  }
}

function wholeUtf8(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte < 0xc0) continue;
    const length = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    return length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}
