import { StringDecoder } from 'node:string_decoder';
import { createHold } from './create-hold.ts';

/** The secrets of a session, and what makes a text without them. */
export interface CastSecrets {
  readonly values: readonly string[];
  text: (text: string) => string;
}

/** What was written at a time. */
export interface TimedText {
  /** In milliseconds since the beginning. */
  atMs: number;
  text: string;
}

/** More does not wait, whatever it begins with. */
const mostHeld = 64 * 1024;

/** Makes whole characters of the bytes of a terminal, and masks secrets in them, also those that came in several pieces. */
export class MaskedOutput {
  readonly #decoder = new StringDecoder('utf8');
  readonly #secrets: CastSecrets;
  readonly #hold: (text: string) => number;
  #held: TimedText[] = [];

  constructor(secrets: CastSecrets) {
    this.#secrets = secrets;
    this.#hold = createHold(secrets.values);
  }

  /** What can be told now. What may be the beginning of a secret waits. */
  add(bytes: Buffer, atMs: number): TimedText[] {
    const text = this.#decoder.write(bytes);
    if (text !== '') this.#held.push({ atMs, text });
    const whole = joined(this.#held);
    return this.#take(whole.length > mostHeld ? whole.length : this.#hold(whole));
  }

  /** The rest. */
  end(atMs: number): TimedText[] {
    const text = this.#decoder.end();
    if (text !== '') this.#held.push({ atMs, text });
    return this.#take(Infinity);
  }

  #take(length: number): TimedText[] {
    const taken: TimedText[] = [];
    const held: TimedText[] = [];
    let room = length;
    for (const { atMs, text } of this.#held) {
      if (room > 0) taken.push({ atMs, text: text.slice(0, room) });
      if (room < text.length) held.push({ atMs, text: text.slice(Math.max(0, room)) });
      room -= text.length;
    }
    this.#held = held;
    const whole = joined(taken);
    const masked = this.#secrets.text(whole);
    const last = taken.at(-1);
    // A secret that came in pieces is told with its last one.
    return masked === whole || last === undefined ? taken : [{ atMs: last.atMs, text: masked }];
  }
}

function joined(parts: readonly TimedText[]): string {
  return parts.map(({ text }) => text).join('');
}
