/** Work on things that have names: for each thing one after the other. What waits for its turn is not asked for twice. */
export class Turns<Options extends object> {
  readonly #work: (name: string, options: Options) => Promise<void>;
  readonly #last = new Map<string, Promise<void>>();
  readonly #waiting = new Map<string, { options: Options; turn: Promise<void> }>();

  constructor(work: (name: string, options: Options) => Promise<void>) {
    this.#work = work;
  }

  /** Resolves once it is done. @param join Of what already waits and this */
  async take(name: string, options: Options, join: (one: Options, other: Options) => Options): Promise<void> {
    const waiting = this.#waiting.get(name);
    if (waiting !== undefined) {
      waiting.options = join(waiting.options, options);
      return waiting.turn;
    }
    const former = this.#last.get(name);
    const entry = { options, turn: Promise.resolve() };
    const run = async (): Promise<void> => {
      await former?.catch(() => undefined); // whoever took that turn is told
      this.#waiting.delete(name);
      await this.#work(name, entry.options);
    };
    this.#waiting.set(name, entry);
    const turn = run();
    entry.turn = turn;
    this.#last.set(name, turn);
    try {
      await turn;
    } finally {
      if (this.#last.get(name) === turn) this.#last.delete(name);
    }
  }
}
