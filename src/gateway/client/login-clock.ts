/** Strikes when the time is over in which nobody held it. */
export class LoginClock {
  #leftMs: number;
  #holders = 0;
  #since = performance.now();
  #timer: NodeJS.Timeout | undefined;
  readonly #onStrike: () => void;
  isStruck = false;

  constructor(durationMs: number, onStrike: () => void) {
    this.#leftMs = durationMs;
    this.#onStrike = onStrike;
    this.#start();
  }

  #start(): void {
    this.#since = performance.now();
    this.#timer = setTimeout(
      () => {
        this.isStruck = true;
        this.#onStrike();
      },
      Math.max(0, this.#leftMs),
    );
  }

  /** Stands still until the returned function is called. */
  hold(): () => void {
    if (this.#holders++ === 0 && this.#timer !== undefined) {
      clearTimeout(this.#timer);
      this.#leftMs -= performance.now() - this.#since;
    }
    return () => {
      if (--this.#holders === 0 && this.#timer !== undefined) this.#start();
    };
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
