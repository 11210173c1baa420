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

  pop(): number {
    return this.#words[--this.size] ?? 0;
  }

  /** The one that is so many below the top. */
  peek(below = 0): number {
    return this.#words[this.size - 1 - below] ?? 0;
  }
}
