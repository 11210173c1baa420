import type { Duplex } from 'node:stream';
import { LineReader } from './output/line-reader.ts';
import { readAll } from './output/read-all.ts';

/** What a supervisor says, and the orders that it gets; see supervision.py. */
export interface Control {
  /** Replaces the listener; what is said while nobody listens waits. */
  listen: (listener: ControlListener | undefined) => void;
  order: (letters: string) => void;
  /** Settles when no more messages come. */
  closed: Promise<unknown>;
}

export interface ControlListener {
  onWord: (word: string, rest: string[]) => void;
  /** Bytes of the command's log, where they come between the messages. */
  onLog: (bytes: Buffer) => void;
}

const longestWord = 65_536;

export class ControlChannel implements Control {
  readonly closed: Promise<unknown>;
  readonly #stream: Duplex;
  #listener: ControlListener | undefined;
  #waiting: ((listener: ControlListener) => void)[] = [];

  constructor(stream: Duplex) {
    this.#stream = stream;
    const onLine = (line: string): void => {
      const [word = '', ...rest] = line.split(' ');
      if (word === 'log') {
        words.passOn(Number(rest[0]), (bytes) => {
          this.#tell(({ onLog }) => {
            onLog(bytes);
          });
        });
      } else {
        this.#tell(({ onWord }) => {
          onWord(word, rest);
        });
      }
    };
    const words = new LineReader(longestWord, onLine, () => undefined);
    stream.on('error', () => undefined); // the other side has ended, which `closed` reports
    this.closed = readAll(stream, words);
  }

  listen(listener: ControlListener | undefined): void {
    this.#listener = listener;
    if (listener !== undefined) for (const tell of this.#waiting.splice(0)) tell(listener);
  }

  #tell(tell: (listener: ControlListener) => void): void {
    if (this.#listener === undefined) this.#waiting.push(tell);
    else tell(this.#listener);
  }

  order(letters: string): void {
    if (this.#stream.writable) this.#stream.write(letters);
  }
}
