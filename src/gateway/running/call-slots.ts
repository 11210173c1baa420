/** How many calls there may be at once: any number, until a limit is set. */
export class CallSlots {
  #limit = Infinity;
  #taken = 0;
  readonly #waiting: (() => void)[] = [];

  limit(count: number): void {
    this.#limit = count;
  }

  /** Resolves when there is room, to a function that makes room again. */
  async take(): Promise<() => void> {
    while (this.#taken >= this.#limit) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    }
    this.#taken += 1;
    return () => {
      this.#taken -= 1;
      this.#waiting.shift()?.();
    };
  }
}
