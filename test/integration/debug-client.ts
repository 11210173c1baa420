/** An entry of launch.json, as far as it is understood here. */
export interface Launch {
  type: string;
  request: string;
  /** Of debugpy. */
  connect?: { host: string; port: number };
  justMyCode?: boolean;
  /** Of Node. */
  address?: string;
  port?: number;
  skipFiles?: string[];
}

/** What the tests do with a debugger, whatever it speaks. */
export interface DebugClient {
  /** Stops there from now on. @param line From 1. */
  breakAt: (file: string, line: number) => Promise<void>;
  /** Lets the waiting process go. */
  run: () => Promise<void>;
  /** Resolves with the frames, the innermost first, without those that the entry hides. */
  stopped: () => Promise<{ file: string; line: number }[]>;
  /** In the frame where it stopped; rendered by the debugger. */
  evaluate: (expression: string) => Promise<string>;
  resume: () => Promise<void>;
  /** Goes away, and says so. */
  leave: () => Promise<void>;
  /** The connection breaks. */
  drop: () => void;
}

/** Messages by what they are, those that nobody waits for yet included. */
export class Inbox<T> {
  readonly #messages: T[] = [];
  readonly #waiting: { isIt: (message: T) => boolean; resolve: (message: T) => void }[] = [];

  add(message: T): void {
    const at = this.#waiting.findIndex(({ isIt }) => isIt(message));
    if (at < 0) this.#messages.push(message);
    else this.#waiting.splice(at, 1)[0]?.resolve(message);
  }

  async take(isIt: (message: T) => boolean): Promise<T> {
    const at = this.#messages.findIndex(isIt);
    const [message] = at < 0 ? [] : this.#messages.splice(at, 1);
    return message ?? new Promise((resolve) => this.#waiting.push({ isIt, resolve }));
  }
}
