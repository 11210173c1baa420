import { LineInput } from './line-input.ts';

/** Where a terminal's text goes. */
interface Client {
  write(text: string): void;
  /** Standard error, where it has a way of its own. */
  writeError?(text: string): void;
}

/** What a shell or a command talks to: a client's terminal, or plain streams. */
export class Terminal {
  readonly input: LineInput;
  /** Whether what is typed is shown. */
  isEchoing: boolean;
  readonly #client: Client;
  readonly #isTty: boolean;

  constructor(client: Client, { isTty, isEchoing }: { isTty: boolean; isEchoing: boolean }) {
    this.#client = client;
    this.#isTty = isTty;
    this.isEchoing = isEchoing;
    this.input = new LineInput(
      isTty
        ? (text) => {
            this.#echo(text);
          }
        : undefined,
    );
  }

  write(text: string): void {
    if (text !== '') this.#client.write(this.#asLines(text));
  }

  writeError(text: string): void {
    if (text === '') return;
    if (this.#isTty || this.#client.writeError === undefined) this.write(text);
    else this.#client.writeError(text);
  }

  /** What programs that hide their input write when it has ended. */
  endHiddenLine(): void {
    if (this.#isTty && !this.isEchoing) this.write('\n');
  }

  #echo(text: string): void {
    if (this.isEchoing) this.write(text);
  }

  #asLines(text: string): string {
    return this.#isTty ? text.replace(/\r?\n/g, '\r\n') : text;
  }
}
