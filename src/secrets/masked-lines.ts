import { StringDecoder } from 'node:string_decoder';
import type { Masker } from './masker.ts';
import { spellingsOf } from './spellings-of.ts';

/** Shorter encodings are on one line; programs that wrap them do so at 64 or 76 columns. */
const wrappedLength = 60;

/** So much of an encoding must be there before it counts as its beginning. */
const telling = 8;

/** A private key is not longer; an END further off belongs to something else. */
const longestKey = 20_000;
const keyMarker = /-----(BEGIN|END) (?:[A-Z0-9]{1,20} ){0,5}PRIVATE KEY(?: BLOCK)?-----/g;

/**
 * Masks a text while it is still being written: gives each line once nothing that follows can turn a part of it into a secret. What may be the
 * beginning of a secret of several lines is held back until the secret is complete, or until it turns out not to be one.
 */
export class MaskedLines {
  readonly #masker: Pick<Masker, 'text'>;
  readonly #values: readonly string[];
  readonly #decoder = new StringDecoder('utf8');
  #pending = '';
  #beginnings: { wrapped: string[]; plain: string[] } | undefined;

  /** @param values the secrets that are known */
  constructor(masker: Pick<Masker, 'text'>, values: readonly string[]) {
    this.#masker = masker;
    this.#values = values;
  }

  /** The lines that can be shown now. */
  add(bytes: Buffer): string[] {
    this.#pending += this.#decoder.write(bytes);
    const end = this.#pending.lastIndexOf('\n') + 1;
    return end === 0 ? [] : this.#take(this.#findHeld(this.#pending.slice(0, end)));
  }

  /** The rest. */
  end(): string[] {
    this.#pending += this.#decoder.end();
    return this.#take(this.#pending.length);
  }

  #take(length: number): string[] {
    if (length === 0) return [];
    const text = this.#masker.text(this.#pending.slice(0, length));
    this.#pending = this.#pending.slice(length);
    return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
  }

  /** Where the first line begins that must wait. */
  #findHeld(text: string): number {
    const starts = [findOpenKey(text), ...this.#findBeginnings(text)].filter((start) => start >= 0);
    const start = Math.min(text.length, ...starts);
    return start === text.length ? start : text.lastIndexOf('\n', start) + 1;
  }

  #findBeginnings(text: string): number[] {
    const { plain, wrapped } = (this.#beginnings ??= findBeginnings(this.#values));
    const found = plain.map((value) => findBeginning(text, value, value.indexOf('\n') + 1));
    if (wrapped.length === 0) return found;
    // As it reads without its line ends, each unit with its place in the text.
    const places = Array.from(text.matchAll(/\S/g), ({ index }) => index);
    const joined = text.replace(/\s+/g, '');
    return [...found, ...wrapped.map((value) => places[findBeginning(joined, value, telling)] ?? -1)];
  }
}

/** Where a text ends with a beginning of the value, at least so long; -1 when it does not. */
function findBeginning(text: string, value: string, least: number): number {
  const from = Math.max(0, text.length - value.length + 1);
  const head = value.slice(0, least);
  for (let start = text.indexOf(head, from); start >= 0; start = text.indexOf(head, start + 1)) {
    if (value.startsWith(text.slice(start))) return start;
  }
  return -1;
}

/** Where a private key begins that has not ended. */
function findOpenKey(text: string): number {
  const last = [...text.matchAll(keyMarker)].at(-1);
  return last?.[1] === 'BEGIN' && text.length - last.index < longestKey ? last.index : -1;
}

function findBeginnings(values: readonly string[]): { wrapped: string[]; plain: string[] } {
  const long = values.filter((value) => value.length * 4 > wrappedLength * 2);
  const encoded = long.flatMap((value) => spellingsOf(value).encoded).filter(({ length }) => length > wrappedLength);
  const plain = values
    .flatMap((value) => [value, value.replaceAll('\r\n', '\n')])
    .filter((value) => value.includes('\n'));
  return { wrapped: [...new Set(encoded)], plain: [...new Set(plain)] };
}
