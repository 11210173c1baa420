const newline = 0x0a;

/** Cuts a stream of bytes into lines of limited length, in bounded memory. */
export class LineReader {
  readonly #limitBytes: number;
  readonly #onLine: (line: string) => void;
  readonly #onTooLong: (start: string) => void;
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #isClosed = false;
  #passedBytes = 0;
  #passOn: (bytes: Buffer) => void = () => undefined;

  /** @param onTooLong Gets the first `limitBytes` of a longer line; nothing is read after it. */
  constructor(limitBytes: number, onLine: (line: string) => void, onTooLong: (start: string) => void) {
    this.#limitBytes = limitBytes;
    this.#onLine = onLine;
    this.#onTooLong = onTooLong;
  }

  /** The next bytes are not a line but something else. Call this in `onLine`. */
  passOn(bytes: number, consume: (bytes: Buffer) => void): void {
    this.#passedBytes = bytes;
    this.#passOn = consume;
  }

  add(bytes: Buffer): void {
    let rest = bytes;
    while (!this.#isClosed && rest.length > 0) {
      if (this.#passedBytes > 0) {
        const passed = rest.subarray(0, this.#passedBytes);
        this.#passedBytes -= passed.length;
        rest = rest.subarray(passed.length);
        this.#passOn(passed);
        continue;
      }
      const end = rest.indexOf(newline);
      const piece = end < 0 ? rest : rest.subarray(0, end);
      this.#pending.push(piece);
      this.#pendingBytes += piece.length;
      rest = end < 0 ? rest.subarray(rest.length) : rest.subarray(end + 1);
      if (this.#pendingBytes > this.#limitBytes) {
        this.#isClosed = true;
        this.#onTooLong(this.#take().subarray(0, this.#limitBytes).toString());
      } else if (end >= 0) {
        this.#onLine(this.#take().toString());
      }
    }
  }

  #take(): Buffer {
    const line = Buffer.concat(this.#pending);
    this.#pending = [];
    this.#pendingBytes = 0;
    return line;
  }
}
