import type { KvPosition } from '../format/kv-diagnostic.ts';
import type { KvMessage, ParseOptions } from '../format/kv-message.ts';
import { BraceCounter } from './brace-counter.ts';
import { complaints } from './complaints.ts';
import { defaultLimits, parseText, refuse, refuseBytes, type TextPlace } from './parse-message.ts';
import { StreamDecoder } from './stream-decoder.ts';
import { TextLocator } from './text-locator.ts';

/** This many pieces are joined at once, because bytes may come one by one. */
const maxPieces = 1024;

/**
 * Reads consecutive messages, as filters and generators write them. Each is handed over with the bytes of its closing
 * brace, however the bytes are cut. Positions count from the start of the stream.
 */
export class MessageStream {
  readonly #options: ParseOptions;
  readonly #decoder: StreamDecoder;
  readonly #counter: BraceCounter;
  /** Text of the message that is not yet whole: joined pieces, and the last few. */
  #joined: string[] = [];
  #pieces: string[] = [];
  #bytes = 0;
  #start: KvPosition = { line: 1, column: 1, offset: 0 };
  #follows: 'v1' | 'v2' | undefined;
  #isFirst = true;
  #isOver = false;

  constructor(options: ParseOptions = {}) {
    this.#options = options;
    this.#decoder = new StreamDecoder(options.encoding ?? 'utf-8');
    this.#counter = new BraceCounter({ endsStrings: options.profile === 'strict' });
  }

  /**
   * The messages that these bytes complete. One that is too large or cannot be decoded is the last one: its diagnostics say so, and
   * nothing after it is read.
   */
  push(bytes: Uint8Array): KvMessage[] {
    return this.#isOver ? [] : this.#read(this.#decoder.push(bytes));
  }

  /** At the end of the stream: what is left, when it is more than blanks and comments, as a message with its diagnostics. */
  finish(): KvMessage[] {
    if (this.#isOver) return [];
    return this.#end(this.#read(this.#decoder.finish()));
  }

  #end(messages: KvMessage[]): KvMessage[] {
    if (this.#isOver) return messages;
    this.#isOver = true;
    const last = this.#parse(this.#takeText());
    return last.diagnostics.some(({ code }) => code === 'KVG000') ? messages : [...messages, last];
  }

  #read(piece: string): KvMessage[] {
    const messages: KvMessage[] = [];
    let from = 0;
    for (let end = this.#counter.findEnd(piece, 0); end >= 0; end = this.#counter.findEnd(piece, end)) {
      this.#keep(piece.slice(from, end));
      if (this.#isTooLarge()) return [...messages, this.#refuseSize()];
      messages.push(this.#parse(this.#takeText()));
      from = end;
    }
    this.#keep(piece.slice(from));
    if (this.#isTooLarge()) return [...messages, this.#refuseSize()];
    if (!this.#decoder.isDamaged) return messages;
    this.#isOver = true;
    return [...messages, refuseBytes(this.#takeText(), this.#place())];
  }

  #keep(piece: string): void {
    if (piece === '') return;
    this.#bytes += Buffer.byteLength(piece);
    if (this.#pieces.push(piece) < maxPieces) return;
    this.#joined.push(this.#pieces.join(''));
    this.#pieces = [];
  }

  #takeText(): string {
    const text = [...this.#joined, ...this.#pieces].join('');
    this.#joined = [];
    this.#pieces = [];
    this.#bytes = 0;
    return text;
  }

  #parse(text: string): KvMessage {
    const place = this.#place();
    const message = parseText(text, this.#options, place);
    this.#start = new TextLocator(text, place.encoding, place.start).positionOf(text.length);
    this.#follows = message.version === '2.0' ? 'v2' : 'v1';
    this.#isFirst = false;
    return message;
  }

  #isTooLarge(): boolean {
    return this.#bytes > this.#maxBytes;
  }

  #refuseSize(): KvMessage {
    this.#isOver = true;
    return refuse(this.#takeText(), this.#place(), (log) => {
      log.error('KVG012', 0, complaints.tooLarge(this.#maxBytes));
    });
  }

  get #maxBytes(): number {
    return this.#options.maxBytes ?? defaultLimits.maxBytes;
  }

  #place(): TextPlace {
    const { encoding, bomBytes } = this.#decoder;
    const start = this.#isFirst ? { ...this.#start, offset: bomBytes } : this.#start;
    return { encoding, bom: bomBytes > 0, start, isFirst: this.#isFirst, follows: this.#follows };
  }
}
