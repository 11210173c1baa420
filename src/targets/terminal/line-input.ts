/** What comes next: a line, Ctrl-C, or nothing more. */
export type Input = { kind: 'line'; text: string } | { kind: 'interrupt' } | { kind: 'end' };

const backspaces = '\b\x7f';

/**
 * What a client types, line by line. On a terminal it may be edited, and is echoed when it is read, not when it comes: what the client
 * then sees does not depend on how fast it typed.
 */
export class LineInput {
  /** How a terminal shows what was typed; undefined when the client is on none. */
  readonly #echo: ((text: string) => void) | undefined;
  #arrived = '';
  #line = '';
  #afterReturn = false;
  #hasEnded = false;
  #isInterrupted = false;
  #wake: (() => void) | undefined;

  constructor(echo: ((text: string) => void) | undefined) {
    this.#echo = echo;
  }

  push(text: string): void {
    this.#arrived += text;
    this.#wake?.();
  }

  end(): void {
    this.#hasEnded = true;
    this.#wake?.();
  }

  /** @param isHidden The line is not echoed, only that it ended. */
  async readLine({ isHidden = false }: { isHidden?: boolean } = {}): Promise<Input> {
    for (;;) {
      const taken =
        this.#echo === undefined ? this.#takePlain() : this.#takeTyped(isHidden ? showEndOnly(this.#echo) : this.#echo);
      if (taken !== undefined) return taken;
      if (this.#hasEnded) return this.#takeRest();
      await this.#more();
    }
  }

  /** Waits for Ctrl-C, a signal that the client sends, or the end of the connection; what is typed before is lost. */
  async readInterrupt(connection: AbortSignal): Promise<void> {
    const wake = (): void => this.#wake?.();
    connection.addEventListener('abort', wake);
    while (!connection.aborted && !this.#takeInterrupt()) await this.#more();
    connection.removeEventListener('abort', wake);
  }

  /** A signal came that the client sends apart from its input. */
  interrupt(): void {
    this.#isInterrupted = true;
    this.#wake?.();
  }

  /** Lines that came and that nobody read. */
  takeUnread(): string[] {
    const lines = this.#arrived.split(/\r?\n/);
    this.#arrived = '';
    if (lines.at(-1) === '') lines.pop();
    return lines;
  }

  #more(): Promise<void> {
    return new Promise((resolve) => (this.#wake = resolve));
  }

  #takeInterrupt(): boolean {
    const at = this.#echo === undefined ? -1 : this.#arrived.indexOf('\x03');
    if (at !== -1) {
      this.#arrived = this.#arrived.slice(at + 1);
      this.#echo?.('^C\n');
    }
    const isInterrupted = this.#isInterrupted || at !== -1;
    this.#isInterrupted = false;
    return isInterrupted;
  }

  #takePlain(): Input | undefined {
    const at = this.#arrived.indexOf('\n');
    if (at === -1) return undefined;
    const text = this.#arrived.slice(0, at).replace(/\r$/, '');
    this.#arrived = this.#arrived.slice(at + 1);
    return { kind: 'line', text };
  }

  #takeRest(): Input {
    const text = this.#line + this.#arrived;
    this.#line = '';
    this.#arrived = '';
    return text === '' ? { kind: 'end' } : { kind: 'line', text };
  }

  #takeTyped(echo: (text: string) => void): Input | undefined {
    while (this.#arrived !== '') {
      const [letter = ''] = this.#arrived;
      this.#arrived = this.#arrived.slice(letter.length);
      const taken = this.#type(letter, echo);
      if (taken !== undefined) {
        this.#line = '';
        return taken;
      }
    }
    return undefined;
  }

  /** The end of a line is CR, LF or both; with Telnet also CR and NUL. */
  #type(letter: string, echo: (text: string) => void): Input | undefined {
    const isSecondHalf = this.#afterReturn && (letter === '\n' || letter === '\0');
    this.#afterReturn = letter === '\r';
    if (isSecondHalf) return undefined;
    if (letter === '\r' || letter === '\n') {
      echo('\n');
      return { kind: 'line', text: this.#line };
    }
    if (letter === '\x03') {
      echo('^C\n');
      return { kind: 'interrupt' };
    }
    if (letter === '\x04') return this.#line === '' ? { kind: 'end' } : undefined;
    if (backspaces.includes(letter)) {
      if (this.#line !== '') echo('\b \b');
      this.#line = Array.from(this.#line).slice(0, -1).join('');
      return undefined;
    }
    this.#line += letter;
    if (letter >= ' ' || letter === '\t') echo(letter);
    return undefined;
  }
}

function showEndOnly(echo: (text: string) => void): (text: string) => void {
  return (text) => {
    if (text === '\n') echo(text);
  };
}
