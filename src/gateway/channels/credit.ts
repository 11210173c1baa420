/** A sender may be so far ahead of the receiver, and the gateway holds no more of a channel in one direction. */
const mostBytes = 2 * 1024 * 1024;

/**
 * How much the sender of a channel may still send in one direction. The receiver says how much it takes; of that the gateway passes on no more
 * than it would hold itself, and keeps the rest.
 */
export class Credit {
  /** What the sender was told it may still send, in bytes. */
  #granted: number;
  /** What the receiver would take besides. */
  #kept: number;

  /** @param window what the receiver takes first */
  constructor(window: number) {
    this.#granted = Math.min(window, mostBytes);
    this.#kept = window - this.#granted;
  }

  get granted(): number {
    return this.#granted;
  }

  /** The sender sent so much. @throws Error when it was more than it may */
  spend(bytes: number): void {
    if (bytes > this.#granted) throw new Error('a channel got more data than its window has room for');
    this.#granted -= bytes;
  }

  /** The receiver takes so much more. */
  add(bytes: number): void {
    this.#kept = Math.min(this.#kept + bytes, 2 ** 32);
  }

  /** What the sender shall be told now that it may send besides; often 0, as one message for much is better than many for little. */
  take(): number {
    if (this.#granted > mostBytes / 2) return 0;
    const bytes = Math.min(this.#kept, mostBytes - this.#granted);
    this.#kept -= bytes;
    this.#granted += bytes;
    return bytes;
  }
}
