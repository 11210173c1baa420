const maxKept = 4096;

/** Numbers, last in first out; grows as it is needed. */
export class IntStack {
  #words = new Int32Array(64);
  size = 0;

  push(word: number): void {
    if (this.size === this.#words.length) {
      const more = new Int32Array(this.size * 2);
      more.set(this.#words);
      this.#words = more;
    }
    this.#words[this.size++] = word;
  }

  /** Empties it, and gives back what it grew by. */
  shrink(): void {
    this.size = 0;
    if (this.#words.length > maxKept) this.#words = new Int32Array(64);
  }

  pop(): number {
    return this.#words[--this.size] ?? 0;
  }
}
