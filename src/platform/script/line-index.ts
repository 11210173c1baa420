/** Lines and columns of a text, both from 1; columns count characters, not the units of UTF-16. */
export class LineIndex {
  readonly #text: string;
  readonly #starts: number[] = [0];

  constructor(text: string) {
    this.#text = text;
    for (const { index, 0: ending } of text.matchAll(/\r\n|\n|\r/g)) this.#starts.push(index + ending.length);
  }

  placeOf(offset: number): { line: number; column: number } {
    let [low, high] = [0, this.#starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    const before = this.#text.slice(this.#starts[low - 1], offset);
    return { line: low, column: Array.from(before).length + 1 };
  }

  lineOf(offset: number): number {
    return this.placeOf(offset).line;
  }
}
