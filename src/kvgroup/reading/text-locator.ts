import type { KvPosition } from '../format/kv-diagnostic.ts';
import type { Encoding } from '../format/kv-message.ts';

interface Place extends KvPosition {
  index: number;
}

/** Distance between remembered places. */
const stride = 4096;

/** Finds line, column and byte of an index in a text; in linear time for all of them together, whatever their order. */
export class TextLocator {
  readonly #text: string;
  readonly #encoding: Encoding;
  readonly #places: Place[];
  #last: Place;

  /** @param start Place of the text's first character, when it is not 1:1. */
  constructor(text: string, encoding: Encoding, start: KvPosition) {
    this.#text = text;
    this.#encoding = encoding;
    this.#last = { ...start, index: 0 };
    this.#places = [this.#last];
  }

  positionOf(index: number): KvPosition {
    const block = Math.floor(index / stride);
    for (let last = this.#places.at(-1); last !== undefined && this.#places.length <= block;) {
      last = this.#advance(last, this.#places.length * stride);
      this.#places.push(last);
    }
    const near = this.#places[block] ?? this.#last;
    const from = this.#last.index <= index && this.#last.index > near.index ? this.#last : near;
    this.#last = this.#advance(from, index);
    const { line, column, offset } = this.#last;
    return { line, column, offset };
  }

  #advance(from: Place, to: number): Place {
    let { line, column, offset } = from;
    const end = Math.min(to, this.#text.length);
    for (let index = from.index; index < end; index += 1) {
      const code = this.#text.charCodeAt(index);
      offset += bytesOf(code, this.#encoding);
      if (code === 10 ? !this.#isLineFeedOfPair(index) : code === 13) {
        line += 1;
        column = 1;
      } else if (code !== 10 && !isLowSurrogate(code)) column += 1;
    }
    return { line, column, offset, index: end };
  }

  /** The LF of CR LF does not end another line. */
  #isLineFeedOfPair(index: number): boolean {
    return index > 0 && this.#text.charCodeAt(index - 1) === 13;
  }
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}

/** Bytes of a UTF-16 unit; of a surrogate pair each has half. */
function bytesOf(code: number, encoding: Encoding): number {
  switch (encoding) {
    case 'cp1252':
      return 1;
    case 'utf-8':
      if (code < 0x80) return 1;
      if (code < 0x800) return 2;
      return code >= 0xd800 && code <= 0xdfff ? 2 : 3;
    case 'utf-16le':
    case 'utf-16be':
      return 2;
    case 'utf-32le':
    case 'utf-32be':
      return code >= 0xd800 && code <= 0xdfff ? 2 : 4;
  }
}
