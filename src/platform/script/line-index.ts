/** Lines and columns of a text, both from 1; columns count characters, not the units of UTF-16. */
export class LineIndex {
  readonly #starts: readonly number[];
  /** Where the second halves of characters stand that take two units. */
  readonly #halves: readonly number[];

  constructor(text: string) {
    this.#starts = [0, ...Array.from(text.matchAll(/\r\n|\n|\r/g), ({ index, 0: ending }) => index + ending.length)];
    this.#halves = Array.from(text.matchAll(/[\u{10000}-\u{10ffff}]/gu), ({ index }) => index + 1);
  }

  placeOf(offset: number): { line: number; column: number } {
    const line = countUpTo(this.#starts, offset);
    const start = this.#starts[line - 1] ?? 0;
    const halves = countUpTo(this.#halves, offset - 1) - countUpTo(this.#halves, start - 1);
    return { line, column: offset - start - halves + 1 };
  }

  lineOf(offset: number): number {
    return countUpTo(this.#starts, offset);
  }
}

/** How many of ascending numbers are at most so large. */
function countUpTo(numbers: readonly number[], limit: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
