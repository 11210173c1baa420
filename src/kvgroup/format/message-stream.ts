import type { KvMessage, ParseOptions } from './message.ts';

/**
 * Reads messages that follow each other, as filters and generators write them: each is handed over with the bytes of its closing
 * brace, however the bytes are cut. Positions count from the start of the stream.
 */
export class MessageStream {
  readonly #options: ParseOptions;

  constructor(options: ParseOptions = {}) {
    this.#options = options;
  }

  /** The messages that these bytes complete. After one with an error in its bytes or size, the rest is left unread. */
  push(bytes: Uint8Array): KvMessage[] {
    void bytes;
    void this.#options;
    throw new Error('being written');
  }

  /** At the end of the stream: what is left, when it is more than blanks and comments, as a message with its diagnostics. */
  finish(): KvMessage[] {
    throw new Error('being written');
  }
}
