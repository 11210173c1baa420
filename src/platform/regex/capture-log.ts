import { IntStack } from './int-stack.ts';

/** What each group has captured so far, and how to take it back. */
export class CaptureLog {
  /** By slot: start, end, start, end, … */
  readonly #captures: number[][];
  /** Per change: slot, and, of one taken away, its start and end; else -1, -1. */
  readonly #changes = new IntStack();

  constructor(slots: number) {
    this.#captures = Array.from({ length: slots }, () => []);
  }

  /** A copy of all captures. */
  copy(): number[][] {
    return this.#captures.map((own) => own.slice());
  }

  shrink(): void {
    this.#changes.shrink();
  }

  get size(): number {
    return this.#changes.size;
  }

  has(slot: number): boolean {
    return this.#of(slot).length > 0;
  }

  /** The last capture of a group that has one. */
  last(slot: number): { start: number; end: number } {
    const own = this.#of(slot);
    return { start: own.at(-2) ?? 0, end: own.at(-1) ?? 0 };
  }

  add(slot: number, start: number, end: number): void {
    this.#of(slot).push(Math.min(start, end), Math.max(start, end));
    this.#log(slot, -1, -1);
  }

  /** A balancing group: takes away the last capture of one, and gives what lies between to the other, if there is one. */
  transfer(slot: number, minus: number, from: number, to: number): void {
    const own = this.#of(minus);
    const { start: otherStart, end: otherEnd } = this.last(minus);
    own.length -= 2;
    this.#log(minus, otherStart, otherEnd);
    if (slot < 0) return;
    const [start, end] = between(Math.min(from, to), Math.max(from, to), otherStart, otherEnd);
    this.add(slot, start, end);
  }

  /** Takes back what changed since there were so many changes. */
  undo(size: number): void {
    while (this.#changes.size > size) {
      const end = this.#changes.pop();
      const start = this.#changes.pop();
      const own = this.#of(this.#changes.pop());
      if (start < 0) own.length -= 2;
      else own.push(start, end);
    }
  }

  #log(slot: number, start: number, end: number): void {
    this.#changes.push(slot);
    this.#changes.push(start);
    this.#changes.push(end);
  }

  #of(slot: number): number[] {
    return this.#captures[slot] ?? [];
  }
}

/** What is between two captures, or the inner one of two inside each other. Source: .NET, balancing group definitions. */
function between(start: number, end: number, otherStart: number, otherEnd: number): [start: number, end: number] {
  if (start >= otherEnd) return [otherEnd, start];
  if (end <= otherStart) return [start, otherStart];
  return [Math.max(start, otherStart), Math.min(end, otherEnd)];
}
