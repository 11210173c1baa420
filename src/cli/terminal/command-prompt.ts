import { createInterface } from 'node:readline';
import type { Terminal } from './create-terminal.ts';

/** Asks for one command after the other, with the former ones at hand (arrow up). Between two of them the terminal is as it was. */
export class CommandPrompt {
  readonly #terminal: Pick<Terminal, 'interrupted' | 'interrupt'>;
  readonly #prompt: string;
  /** The last one first. */
  readonly #history: string[] = [];
  /** Lines, and the beginning of one, that were typed before they were asked for. */
  readonly #ahead: string[] = [];
  #begun = '';

  constructor(terminal: Pick<Terminal, 'interrupted' | 'interrupt'>, prompt: string) {
    this.#terminal = terminal;
    this.#prompt = prompt;
  }

  /** Null when the user leaves (Ctrl-D). @throws the reason of the interruption, after Ctrl-C */
  async ask(): Promise<string | null> {
    const { interrupted } = this.#terminal;
    interrupted.throwIfAborted();
    const line = this.#takeAhead() ?? (await this.#read(interrupted));
    if (line !== null && line !== '' && line !== this.#history[0]) this.#history.unshift(line);
    return line;
  }

  #takeAhead(): string | undefined {
    const line = this.#ahead.shift();
    if (line !== undefined) process.stderr.write(`${this.#prompt}${line}\n`);
    return line;
  }

  async #read(interrupted: AbortSignal): Promise<string | null> {
    const { stdin: input, stderr: output } = process;
    const lines = createInterface({ input, output, terminal: true, prompt: this.#prompt, history: [...this.#history] });
    const given: string[] = [];
    let onInterruption: (() => void) | undefined;
    lines.prompt();
    lines.write(this.#begun);
    try {
      return await new Promise<string | null>((resolve, reject) => {
        onInterruption = () => {
          reject(interrupted.reason as Error);
        };
        interrupted.addEventListener('abort', onInterruption, { once: true });
        lines.on('line', (line) => {
          if (given.push(line) === 1) resolve(line);
          else this.#ahead.push(line);
        });
        lines.once('close', () => {
          resolve(null);
        });
        lines.once('SIGINT', () => {
          this.#terminal.interrupt();
        });
      });
    } finally {
      if (onInterruption !== undefined) interrupted.removeEventListener('abort', onInterruption);
      this.#begun = given.length === 0 ? '' : lines.line;
      lines.close();
      if (given.length === 0 || this.#begun !== '') output.write('\n');
    }
  }
}
