import type { Json } from '../../base/json.ts';
import { createMasker } from '../../secrets/create-masker.ts';
import type { Masker } from '../../secrets/masker.ts';
import { childrenOf } from '../conversion/children-of.ts';
import { hasSecret } from '../conversion/has-secret.ts';
import { toText } from '../conversion/render-text.ts';
import { toJson } from '../conversion/to-json.ts';
import { ScriptError } from '../values/script-error.ts';
import { ScriptObject } from '../values/script-object.ts';
import { reveal, Secret } from '../values/secret.ts';
import type { Value } from '../values/value.ts';

/** The appliance's word, so that authors can compare with its task logs. */
export const maskWord = '**secret**';

/** A shorter secret is masked where it is known to be one, not wherever its text stands. */
const shortest = 4;

/** The secrets of a run, as far as they are known. Source: specification b.6. */
export class SecretTexts {
  readonly #texts = new Set<string>();
  /** Texts with a secret in them that is too short to be found again. */
  readonly #hidden = new WeakSet();
  /** Texts that were put together: what is secret in them is known, and the rest shall be seen. */
  readonly #joined = new WeakSet();
  #masker: Masker | undefined;
  readonly #isShown: boolean;

  /** @param isShown Whether nothing is masked */
  constructor(isShown = false) {
    this.#isShown = isShown;
  }

  /** Remembers every text in a secret value. */
  add(value: Value): void {
    if (value instanceof Secret && this.#joined.has(value)) return;
    for (const text of textsOf(value)) this.addText(text);
  }

  addText(text: string): void {
    if (text.length < shortest || this.#texts.has(text)) return;
    this.#texts.add(text);
    this.#masker = undefined;
  }

  get texts(): readonly string[] {
    return [...this.#texts];
  }

  /** A text that was put together, of secrets too. */
  join(text: string, secrets: readonly Value[]): Value {
    const whole = Secret.of(text);
    this.#joined.add(whole as object);
    for (const each of secrets) {
      this.add(each);
      if (each instanceof Secret && this.#hidden.has(each)) this.#hidden.add(whole as object);
      if (textsOf(each).some(({ length }) => length > 0 && length < shortest)) this.#hidden.add(whole as object);
    }
    return whole;
  }

  /** The same text as another kind of value: what is known of it stays known. */
  recast(from: Secret, to: Value): Value {
    const recast = Secret.of(to);
    if (this.#joined.has(from)) this.#joined.add(recast as object);
    if (this.#hidden.has(from)) this.#hidden.add(recast as object);
    return recast;
  }

  /** A text that is secret as a whole. */
  hide(text: string): string {
    return this.#isShown ? text : maskWord;
  }

  /** The text without secrets that are known. */
  mask(text: string): string {
    return this.#find()?.text(text) ?? text;
  }

  /** Data without secrets that are known. */
  maskJson(data: Json): Json {
    return this.#find()?.json(data) ?? data;
  }

  #find(): Masker | undefined {
    if (this.#isShown || this.#texts.size === 0) return undefined;
    return (this.#masker ??= createMasker(this.#texts, { maskWord }));
  }

  /** A value as text for people: secrets masked by what is known of the value, and by their text. */
  show(value: Value): string {
    if (this.#isShown) return plainText(value);
    if (!(value instanceof Secret)) {
      return this.mask(hasSecret(value) ? jsonOf(value, maskWord) : plainText(value));
    }
    const text = plainText(value);
    const masked = this.mask(text);
    return this.#hidden.has(value) || (masked === text && text !== '') ? maskWord : masked;
  }

  /** A value as data for people. */
  showJson(value: Value): Json {
    const plain = reveal(value);
    if (value instanceof Secret || typeof plain === 'string') return this.show(value);
    const text = jsonOf(value, this.#isShown ? undefined : maskWord);
    return this.maskJson(JSON.parse(text) as Json);
  }
}

function plainText(value: Value): string {
  const plain = reveal(value);
  if (plain === null) return 'null';
  return plain instanceof ScriptObject && [...childrenOf(plain)].length > 0 ? jsonOf(plain) : toText(plain);
}

/** A value that holds itself, or is too large, has no JSON; that is told in its place. */
function jsonOf(value: Value, mask?: string): string {
  try {
    return toJson(value, mask === undefined ? {} : { mask });
  } catch (error) {
    if (error instanceof ScriptError) return JSON.stringify(`(${error.message})`);
    throw error;
  }
}

/** The texts at the ends of a value. A list may hold itself. */
function textsOf(value: Value): string[] {
  const texts: string[] = [];
  const waiting: Value[] = [value];
  const seen = new Set<Value>();
  for (let each = waiting.pop(); each !== undefined; each = waiting.pop()) {
    if (each === null || typeof each === 'boolean' || seen.has(each)) continue;
    seen.add(each);
    const children = each instanceof ScriptObject ? [...childrenOf(each)] : [];
    waiting.push(...children);
    if (children.length === 0) texts.push(toText(each));
  }
  return texts;
}
