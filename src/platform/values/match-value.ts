import type { Budget } from './budget.ts';
import { ScriptObject } from './script-object.ts';

/** One place where a group matched. */
export class CaptureValue extends ScriptObject {
  readonly typeName: string = 'Capture';
  readonly input: string;
  readonly index: number;
  readonly length: number;

  constructor(input: string, index: number, length: number) {
    super();
    this.input = input;
    this.index = index;
    this.length = length;
  }

  override get text(): string {
    return this.input.slice(this.index, this.index + this.length);
  }
}

/** A group: its last capture, and all of them. One that did not take part has none and an empty text. */
export class GroupValue extends CaptureValue {
  override readonly typeName: string = 'Group';
  readonly number: number;
  /** Of one without a name, its number. */
  readonly name: string;
  readonly #places: readonly number[];
  #captures: readonly CaptureValue[] | undefined;

  /** `places` are start and end of each capture, one after the other. */
  constructor(number: number, name: string, input: string, places: readonly number[]) {
    const [start = 0, end = 0] = places.slice(-2);
    super(input, start, end - start);
    this.number = number;
    this.name = name;
    this.#places = places;
  }

  get success(): boolean {
    return this.#places.length > 0;
  }

  get captures(): readonly CaptureValue[] {
    this.#captures ??= capturesAt(this.input, this.#places);
    return this.#captures;
  }
}

/** A match, or the lack of one. */
export class MatchValue extends GroupValue {
  override readonly typeName = 'Match';
  /** In the order of their numbers; the first is the match itself. */
  readonly groups: readonly GroupValue[];
  /** Finds the match after this one. */
  readonly next: (budget: Budget) => MatchValue;

  constructor(
    input: string,
    own: readonly number[],
    others: readonly GroupValue[],
    next: ((budget: Budget) => MatchValue) | undefined,
  ) {
    super(0, '0', input, own);
    this.groups = [new GroupValue(0, '0', input, own), ...others];
    this.next = next ?? ((): MatchValue => this);
  }
}

/** `Groups` of a match, `Captures` of a group. */
export class CaptureList extends ScriptObject {
  readonly typeName: 'GroupCollection' | 'CaptureCollection' | 'MatchCollection';
  readonly items: readonly CaptureValue[];

  constructor(typeName: CaptureList['typeName'], items: readonly CaptureValue[]) {
    super();
    this.typeName = typeName;
    this.items = items;
  }
}

function capturesAt(input: string, places: readonly number[]): CaptureValue[] {
  const captures: CaptureValue[] = [];
  for (let at = 0; at + 1 < places.length; at += 2) {
    const start = places[at] ?? 0;
    captures.push(new CaptureValue(input, start, (places[at + 1] ?? start) - start));
  }
  return captures;
}
