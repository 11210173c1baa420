/** Where in a text a reader is: what a brace means depends on it. */
const State = { plain: 0, string: 1, escape: 2, comment: 3 } as const;

/** Finds the ends of messages in a text that comes in pieces. */
export class BraceCounter {
  #state: (typeof State)[keyof typeof State] = State.plain;
  #depth = 0;
  readonly #endsStrings: boolean;

  /** @param options.endsStrings Whether a string ends with its line, as the strict reader has it. */
  constructor({ endsStrings }: { endsStrings: boolean }) {
    this.#endsStrings = endsStrings;
  }

  /** Index after the brace that ends a message, -1 when none in this piece does. A `}` without a `{` ends one, too. */
  findEnd(piece: string, from: number): number {
    let state = this.#state;
    for (let index = from; index < piece.length; index += 1) {
      const code = piece.charCodeAt(index);
      if (state === State.plain) {
        if (code === 0x22) state = State.string;
        else if (code === 0x23) state = State.comment;
        else if (code === 0x7b) this.#depth += 1;
        else if (code === 0x7d) {
          this.#depth = Math.max(0, this.#depth - 1);
          if (this.#depth > 0) continue;
          this.#state = State.plain;
          return index + 1;
        }
      } else if (state === State.string) {
        if (code === 0x22) state = State.plain;
        else if (code === 0x5c) state = State.escape;
        else if (this.#endsStrings && (code === 10 || code === 13)) state = State.plain;
      } else if (state === State.comment) {
        if (code === 10 || code === 13) state = State.plain;
      } else if (this.#endsStrings && (code === 10 || code === 13)) state = State.plain;
      else state = State.string;
    }
    this.#state = state;
    return -1;
  }
}
