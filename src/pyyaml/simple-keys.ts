import type { YamlCursor } from './yaml-cursor.ts';
import type { Mark } from './yaml-error.ts';

/** A place that turns out to be a key when `:` follows. Source: YAML 1.1, 7.2 (one line, at most 1024 characters). */
export interface SimpleKey {
  tokenNumber: number;
  /** It must become a key, else the text is wrong: it is in the column of the keys of the surrounding mapping. */
  required: boolean;
  index: number;
  mark: Mark;
}

const maxKeyLength = 1024;

/** The places where a key may have started, at most one for each depth of brackets. */
export class SimpleKeys {
  readonly #cursor: YamlCursor;
  readonly #byLevel = new Map<number, SimpleKey>();

  constructor(cursor: YamlCursor) {
    this.#cursor = cursor;
  }

  save(level: number, key: SimpleKey): void {
    this.drop(level);
    this.#byLevel.set(level, key);
  }

  take(level: number): SimpleKey | undefined {
    const key = this.#byLevel.get(level);
    this.#byLevel.delete(level);
    return key;
  }

  /** Forgets the place at this depth. */
  drop(level: number): void {
    const key = this.#byLevel.get(level);
    if (key !== undefined) this.#forget(level, key);
  }

  /** Forgets the places that are too far away to be a key. */
  dropStale(): void {
    for (const [level, key] of this.#byLevel) {
      if (key.mark.line !== this.#cursor.line || this.#isTooLong(key)) this.#forget(level, key);
    }
  }

  /** Number of the first token that may still become a key. */
  first(): number {
    let first = Infinity;
    for (const { tokenNumber } of this.#byLevel.values()) first = Math.min(first, tokenNumber);
    return first;
  }

  #forget(level: number, key: SimpleKey): void {
    if (key.required) this.#cursor.fail(`line ${key.mark.line} has no ":" after its key`);
    this.#byLevel.delete(level);
  }

  #isTooLong({ index }: SimpleKey): boolean {
    const length = this.#cursor.index - index;
    if (length <= maxKeyLength) return false;
    // Counted in characters, each of which takes one or two places.
    return (
      length > 2 * maxKeyLength || Array.from(this.#cursor.text.slice(index, this.#cursor.index)).length > maxKeyLength
    );
  }
}
