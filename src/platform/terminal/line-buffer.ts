import { StringDecoder } from 'node:string_decoder';
import type { Line } from '../network/network.ts';

/** What ended a wait for output. */
export type ReceiveEnd = 'regex' | 'timeout' | 'quiet' | 'closed';

export interface Expectation {
  /** Asked after each arrival whether it is enough; without it, the line must become quiet. */
  isEnough: ((text: string) => boolean) | undefined;
  /** For the whole wait with `isEnough`, else for the first data. */
  limitMs: number;
  quietMs: number;
  signal: AbortSignal;
}

/**
 * An answer comes in several pieces, the prompt behind it in another one. After a match the line is listened to until it is still for so
 * long: the vendor's scripts take a file apart whose first line already matches. Source: ours, from those scripts and OpenSSH.
 */
const stillMs = 50;
/** On a line that is never still. */
const longestStillMs = 1000;

/** More that nobody takes is thrown away from the front. */
const most = 16 * 1024 * 1024;

/** Collects what comes over a line until somebody takes it. Source: specification d.4. */
export class LineBuffer {
  readonly #line: Line;
  readonly #decoder = new StringDecoder('utf8');
  #text = '';
  /** Of all that came. */
  #arrivals = 0;
  #isClosed = false;
  #wake: (() => void) | undefined;

  constructor(line: Line) {
    this.#line = line;
    line.onData((data) => {
      this.#text = (this.#text + this.#decoder.write(data)).slice(-most);
      this.#arrivals += 1;
      this.#wake?.();
    });
    line.onClose(() => {
      this.#text += this.#decoder.end();
      this.#isClosed = true;
      this.#wake?.();
    });
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  write(text: string): void {
    this.#line.write(Buffer.from(text));
  }

  /** All that has come until it is enough and the line still; nothing is kept for the next one. @throws the reason of the signal */
  async receive({ isEnough, limitMs, quietMs, signal }: Expectation): Promise<{ text: string; end: ReceiveEnd }> {
    const deadline = performance.now() + limitMs;
    let seen = -1;
    for (;;) {
      const hasNew = this.#text !== '' && this.#arrivals > seen;
      seen = this.#arrivals;
      if (hasNew && isEnough?.(this.#text) === true) {
        await this.#becomeStill(Math.min(stillMs, quietMs), signal);
        return this.#take('regex');
      }
      if (this.#isClosed) return this.#take('closed');
      const isWaitingForQuiet = isEnough === undefined && this.#text !== '';
      const waitMs = isWaitingForQuiet ? quietMs : deadline - performance.now();
      const isInTime = waitMs > 0 && this.#line.isPlayed !== true && (await this.#arrival(waitMs, signal));
      if (!isInTime) return this.#take(isWaitingForQuiet ? 'quiet' : 'timeout');
    }
  }

  async #becomeStill(ms: number, signal: AbortSignal): Promise<void> {
    const deadline = performance.now() + longestStillMs;
    while (!this.#isClosed && performance.now() < deadline) if (!(await this.#arrival(ms, signal))) return;
  }

  #take(end: ReceiveEnd): { text: string; end: ReceiveEnd } {
    const text = this.#text;
    this.#text = '';
    this.#line.noteTaken?.();
    return { text, end };
  }

  /** False when the time ran out first. */
  #arrival(waitMs: number, signal: AbortSignal): Promise<boolean> {
    signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      const finish = (isInTime: boolean): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
        this.#wake = undefined;
        resolve(isInTime);
      };
      const onAbort = (): void => {
        reject(signal.reason as Error);
        finish(false);
      };
      const timer = setTimeout(() => {
        finish(false);
      }, waitMs);
      this.#wake = () => {
        finish(true);
      };
      signal.addEventListener('abort', onAbort, { once: true });
    });
  }
}
