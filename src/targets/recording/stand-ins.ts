import { makeStandIn } from './make-stand-in.ts';

/** The name of what stands for a password that a host refused, or of which a hash is that is of no parameter. */
export const otherPassword = 'OtherPassword';

/** A secret, and what stands for it in a recording. */
export interface StandIn {
  /** As in `${Name}`. */
  name: string;
  secret: string;
  text: string;
}

/** The secrets of a recording: those of parameters under their names, others under names that are made. */
export class StandIns {
  readonly #bySecret = new Map<string, StandIn>();
  readonly #names = new Set<string>();
  readonly #recorded: StandIn[] = [];
  readonly #isFree: (text: string) => boolean;

  /** @param around All texts in which a stand-in must not stand by chance @param taken Names of parameters */
  constructor(around: readonly string[], taken: readonly string[]) {
    this.#isFree = (text) =>
      !around.some((each) => each.includes(text)) && [...this.#bySecret.values()].every((each) => each.text !== text);
    for (const name of taken) this.#names.add(name);
  }

  get all(): readonly StandIn[] {
    return [...this.#bySecret.values(), ...this.#recorded.filter(({ secret }) => secret === '')];
  }

  /** Those that are no parameters, and what stands for nothing. */
  get recorded(): readonly StandIn[] {
    return this.#recorded;
  }

  has(secret: string): boolean {
    return this.#bySecret.has(secret);
  }

  addParameter(name: string, secret: string): StandIn {
    return this.#add(name, secret);
  }

  /** @param origin What the target calls it, such as `access_token` */
  addRecorded(origin: string, secret: string): StandIn {
    const known = this.#bySecret.get(secret);
    if (known !== undefined) return known;
    const standIn = this.#add(this.#freeName(origin), secret);
    this.#recorded.push(standIn);
    return standIn;
  }

  /** A made-up text that stands for no secret, such as a password that is refused. @param like A secret whose length it has */
  addMade(name: string, like: string): StandIn {
    const known = this.#recorded.find((each) => each.name === name && each.secret === '');
    if (known !== undefined) return known;
    const made = { name: this.#freeName(name), secret: '', text: makeStandIn(like, this.#isFree) };
    this.#names.add(made.name);
    this.#recorded.push(made);
    return made;
  }

  #add(name: string, secret: string): StandIn {
    const known = this.#bySecret.get(secret);
    // Two parameters with one value have one stand-in, under the name that came first.
    if (known !== undefined) return known;
    const made = { name, secret, text: makeStandIn(secret, this.#isFree) };
    this.#names.add(name);
    this.#bySecret.set(secret, made);
    return made;
  }

  #freeName(origin: string): string {
    const isTelling = [...this.#bySecret.keys()].some((secret) => origin.includes(secret));
    const words = (isTelling ? '' : origin).split(/[^0-9A-Za-z]+/).filter((word) => word !== '');
    const base = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('') || 'Secret';
    let name = base;
    for (let count = 2; this.#names.has(name); count++) name = `${base}${count}`;
    return name;
  }
}
