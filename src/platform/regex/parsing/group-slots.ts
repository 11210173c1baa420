import type { GroupName } from './pattern-node.ts';

const digits = /^[0-9]{1,9}$/;

/**
 * The groups of a pattern. They are first counted, then numbered as .NET does it: those without a name in their order, then
 * those with a name in the order of their first appearance.
 */
export class GroupSlots {
  readonly #numbers = new Set<number>([0]);
  readonly #names = new Map<string, number>();
  #unnamed = 1;
  #slots = new Map<number, number>();

  /** Counts one more group without a name. */
  addUnnamed(): void {
    this.#numbers.add(this.#unnamed++);
  }

  /** To be called when all are counted. */
  assign(): void {
    let next = this.#unnamed;
    for (const name of this.#names.keys()) {
      while (this.#numbers.has(next)) next++;
      this.#numbers.add(next);
      this.#names.set(name, next);
    }
    this.#slots = new Map([...this.#numbers].sort((a, b) => a - b).map((number, slot) => [number, slot]));
  }

  slotOfNumber(number: number): number | undefined {
    return this.#slots.get(number);
  }

  /** By number or name, as both stand between `<` and `>`. */
  slotOf(text: string): number | undefined {
    const number = digits.test(text) ? Number(text) : this.#names.get(text);
    return number === undefined ? undefined : this.#slots.get(number);
  }

  /** Counts one that is written `<text>`. */
  add(text: string): void {
    if (digits.test(text)) this.#numbers.add(Number(text));
    else if (!this.#names.has(text)) this.#names.set(text, -1);
  }

  list(): GroupName[] {
    const names = new Map(Array.from(this.#names, ([name, number]) => [number, name]));
    return [...this.#slots.keys()].map((number) => ({ number, name: names.get(number) ?? String(number) }));
  }
}
