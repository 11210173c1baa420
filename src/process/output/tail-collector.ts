/** Keeps the last part of what a child writes, in bounded memory. */
export class TailCollector {
  readonly #limitBytes: number;
  readonly #marginBytes: number;
  readonly #chunks: Buffer[] = [];
  #keptBytes = 0;
  #totalBytes = 0;

  /** @param marginBytes Kept in addition: text is masked before it is cut, and a secret may span the cut. */
  constructor(limitBytes: number, marginBytes = limitBytes) {
    this.#limitBytes = limitBytes;
    this.#marginBytes = marginBytes;
  }

  add(bytes: Buffer): void {
    this.#totalBytes += bytes.length;
    this.#chunks.push(Buffer.from(bytes));
    this.#keptBytes += bytes.length;
    for (let first = this.#chunks[0]; first !== undefined; first = this.#chunks[0]) {
      if (this.#keptBytes - first.length < this.#limitBytes + this.#marginBytes) break;
      this.#chunks.shift();
      this.#keptBytes -= first.length;
    }
  }

  /** The text, with a line that says how much was left out before it. */
  collect(mask: (text: string) => string): string {
    const text = mask(Buffer.concat(this.#chunks).toString());
    if (this.#totalBytes <= this.#limitBytes) return text;
    const kept = Buffer.from(text).subarray(-this.#limitBytes).toString();
    return `[… ${this.#totalBytes - this.#limitBytes} bytes are left out here …]\n${kept}`;
  }
}
