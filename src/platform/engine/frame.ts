import type { Value } from '../values/value.ts';

/**
 * Variables of a block. Blocks stand inside each other; outside of a function's blocks are its parameters, outside of them those of the
 * operation, outside of all the globals. Source: specification b.3.
 */
export class Frame {
  readonly #parent: Frame | undefined;
  #own: Map<string, Value> | undefined;

  constructor(parent?: Frame) {
    this.#parent = parent;
  }

  child(): Frame {
    return new Frame(this);
  }

  /** Undefined when there is no such variable. The name must be spelled exactly so. */
  get(name: string): Value | undefined {
    const holder = this.#holder(name);
    return holder === undefined ? undefined : holder.#own?.get(name);
  }

  /** Makes or changes a variable of this very block. */
  declare(name: string, value: Value): void {
    (this.#own ??= new Map()).set(name, value);
  }

  /** Changes the nearest variable of that name, else makes one here. */
  assign(name: string, value: Value): void {
    (this.#holder(name) ?? this).declare(name, value);
  }

  /** The nearest name that differs in case alone. */
  findVariant(name: string): string | undefined {
    const folded = name.toLowerCase();
    for (const frame of this.#outwards()) {
      for (const own of frame.#own?.keys() ?? []) if (own.toLowerCase() === folded) return own;
    }
    return undefined;
  }

  /** Every name that can be seen, the nearest first. */
  names(): string[] {
    return [...new Set([...this.#outwards()].flatMap((frame) => [...(frame.#own?.keys() ?? [])]))];
  }

  /** The values of this block and of all around it. @param seen Blocks that were gone through, which are passed over */
  *values(seen = new Set<Frame>()): Generator<Value> {
    for (const frame of this.#outwards()) {
      if (seen.has(frame)) return;
      seen.add(frame);
      yield* frame.#own?.values() ?? [];
    }
  }

  #holder(name: string): Frame | undefined {
    let frame: Frame | undefined = this; // eslint-disable-line @typescript-eslint/no-this-alias -- the way outwards begins here
    while (frame !== undefined && frame.#own?.has(name) !== true) frame = frame.#parent;
    return frame;
  }

  *#outwards(): Generator<Frame> {
    let frame: Frame | undefined = this; // eslint-disable-line @typescript-eslint/no-this-alias -- the way outwards begins here
    for (; frame !== undefined; frame = frame.#parent) yield frame;
  }
}
